using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>The versions of an agreement's document of determinations, each of which takes the place of the one before.</summary>
/// <remarks>Pure and thread-safe.</remarks>
public sealed class DeterminationHistory
{
    private DeterminationHistory(IReadOnlyList<Determinations> versions) => Versions = versions;

    /// <summary>No determinations.</summary>
    public static DeterminationHistory None { get; } = new([]);

    /// <summary>The versions, 1 first.</summary>
    public IReadOnlyList<Determinations> Versions { get; }

    /// <summary>Puts versions together.</summary>
    /// <exception cref="DocumentException">They do not follow each other; what is wrong and with which is in the exception.</exception>
    public static DeterminationHistory Of(IEnumerable<Determinations> versions)
    {
        var ordered = versions.OrderBy(v => v.Version).ToList();
        for (var i = 0; i < ordered.Count; i++)
        {
            if (Problem(ordered[i], i == 0 ? null : ordered[i - 1]) is { } problem)
            {
                throw new DocumentException($"determinations version {ordered[i].Version}", [problem]);
            }
        }

        return new DeterminationHistory(ordered);
    }

    /// <summary>What keeps a version from following another; null where nothing does.</summary>
    /// <param name="next">The later version.</param>
    /// <param name="before">The version before; null for none.</param>
    public static DocumentProblem? Problem(Determinations next, Determinations? before)
    {
        var version = (before?.Version ?? 0) + 1;
        return next.Agreement is null ? new DocumentProblem("agreement", "is missing", "Name the agreement whose parties sign the document")
            : before is not null && next.Agreement != before.Agreement ? new DocumentProblem("agreement", $"is {next.Agreement}, and {before.Agreement} in the version before", "Keep one document for each agreement")
            : next.Version != version ? new DocumentProblem("version", $"is {next.Version?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "missing"} where {version} follows", $"Give {version}")
            : next.Previous != before?.Digest ? new DocumentProblem("previous", $"is {next.Previous?.ToString() ?? "missing"}, not the SHA-256 of the version before", $"Give {before?.Digest.ToString() ?? "none: it is the first"}")
            : null;
    }

    /// <summary>
    /// The version that decides a window: the last one that says anything else about it than the version before. So a document that concerns
    /// another window changes nothing about this one, not even by letting late data count. Null where no version says anything about it.
    /// </summary>
    public Determinations? For(Agreement agreement, string section, Window window)
    {
        for (var i = Versions.Count - 1; i >= 0; i--)
        {
            var before = i == 0 ? [] : Bearing(Versions[i - 1], agreement, section, window);
            if (!Bearing(Versions[i], agreement, section, window).SequenceEqual(before, StringComparer.Ordinal))
            {
                return Versions[i];
            }
        }

        return null;
    }

    /// <summary>Whether a version exempts a section for a time that touches a window, or declares an accident in it: it then has an outcome without any measurement.</summary>
    public bool Decides(string section, Window window) => Versions.Count > 0 && Versions[^1].All.Any(d =>
        d.Kind is DeterminationKind.Exempt or DeterminationKind.Accident && d.Section == section && d.From < window.End && d.To > window.Start);

    private static List<string> Bearing(Determinations version, Agreement agreement, string section, Window window)
    {
        var elsewhere = agreement.Rule.LooksElsewhere;
        var determinations = version.All.Where(d => elsewhere ? d.From < window.End : d.Section == section && d.From < window.End && d.To > window.Start);
        var facts = version.Facts.Where(f => f.From < window.End && (elsewhere || (f.To > window.Start && (f.Section is null || f.Section == section))));
        return [.. determinations.Select(d => d.Content), .. facts.Select(f => f.Content)];
    }
}
