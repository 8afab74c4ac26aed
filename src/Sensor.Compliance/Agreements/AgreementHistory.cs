using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>The versions of one agreement and the windows that each of them assesses: every window exactly one version.</summary>
/// <remarks>docs/agreements.md describes how windows and amendments meet. Immutable and thread-safe.</remarks>
public sealed class AgreementHistory
{
    private AgreementHistory(IReadOnlyList<Agreement> versions, IReadOnlyList<AssessedWindow> windows)
    {
        Versions = versions;
        Windows = windows;
    }

    /// <summary>The id that all versions share.</summary>
    public string Id => Latest.Id;

    /// <summary>The versions, the first one first.</summary>
    public IReadOnlyList<Agreement> Versions { get; }

    /// <summary>The version that nothing amends.</summary>
    public Agreement Latest => Versions[^1];

    /// <summary>
    /// The windows in order of time. They do not overlap, and each lies wholly in the period in force of its version. There are days in none
    /// of them: between seasons, in windows that begin before or end after the period in force, and between the plans of two versions.
    /// </summary>
    public IReadOnlyList<AssessedWindow> Windows { get; }

    /// <summary>Puts the versions of an agreement together.</summary>
    /// <param name="documents">Its documents in any order, at least one.</param>
    /// <exception cref="DocumentException">They are not the versions of one agreement; all problems are in the exception.</exception>
    public static AgreementHistory Of(IEnumerable<Agreement> documents)
    {
        List<Agreement> versions = [.. documents.OrderBy(d => d.Version).ThenBy(d => d.Id, StringComparer.Ordinal)];
        var problems = AmendmentChain.Problems(versions).ToList();
        var windows = versions.Skip(1).All(v => v.Amends is not null) ? AmendedWindows.Of(versions, problems) : [];
        return problems.Count == 0
            ? new AgreementHistory(versions, windows)
            : throw new DocumentException($"agreement {versions[0].Id}", problems);
    }

    /// <summary>The window that holds a moment; null where none does.</summary>
    public AssessedWindow? WindowAt(Instant moment)
    {
        var (low, high) = (0, Windows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Windows[middle].Window.End <= moment ? (middle + 1, high) : (low, middle);
        }

        return low < Windows.Count && Windows[low].Window.Start <= moment ? Windows[low] : null;
    }
}
