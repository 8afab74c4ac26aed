using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>What keeps documents from being the versions of one agreement, each amending the one before it.</summary>
internal static class AmendmentChain
{
    /// <summary>Every problem of documents in order of their versions.</summary>
    public static IEnumerable<DocumentProblem> Problems(IReadOnlyList<Agreement> versions) =>
    [
        .. Identity(versions),
        .. First(versions[0]),
        .. versions.Zip(versions.Skip(1)).Where(pair => pair.First.Version < pair.Second.Version).SelectMany(pair => Link(versions, pair.First, pair.Second)),
    ];

    /// <summary>The place of a member of a version in messages.</summary>
    public static string Place(Agreement version, string member) => $"version {version.Version}: {member}";

    private static IEnumerable<DocumentProblem> Identity(IReadOnlyList<Agreement> versions)
    {
        var ids = versions.Select(v => v.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (ids.Count > 1)
        {
            yield return new DocumentProblem("id", $"differs: {string.Join(", ", ids)}", "Give the versions of one agreement, all with the same id");
        }

        foreach (var same in versions.GroupBy(v => v.Version).Where(g => g.Count() > 1))
        {
            yield return new DocumentProblem("version", $"{same.Count()} documents are version {same.Key}", "Keep the one that was signed");
        }
    }

    private static IEnumerable<DocumentProblem> First(Agreement version)
    {
        if (version.Amends is { } amends)
        {
            yield return new DocumentProblem(Place(version, "amends.version"), $"amends version {amends.Version}, which is not given", $"Add the document of version {amends.Version}");
        }
    }

    private static IEnumerable<DocumentProblem> Link(IReadOnlyList<Agreement> versions, Agreement before, Agreement version)
    {
        if (version.Offset != before.Offset)
        {
            yield return new DocumentProblem(Place(version, "offset"), $"is {version.Offset}, that of version {before.Version} is {before.Offset}", "Keep the offset: the days of the two would overlap");
        }

        if (version.Amends is not { } amends)
        {
            yield return new DocumentProblem(Place(version, "amends"), "is missing", $"Say that it amends version {before.Version}, from which day, and what happens with the running window");
            yield break;
        }

        if (amends.Version != before.Version)
        {
            yield return versions.Any(v => v.Version == amends.Version)
                ? new DocumentProblem(Place(version, "amends.version"), $"amends version {amends.Version}, but version {before.Version} comes between", $"Let it amend version {before.Version}, or leave that document out")
                : new DocumentProblem(Place(version, "amends.version"), $"amends version {amends.Version}, which is not given", $"Add the document of version {amends.Version}");
        }

        foreach (var outside in new[] { before, version }.Where(v => amends.Effective < v.InForceFrom || amends.Effective > v.InForceTo))
        {
            yield return new DocumentProblem(
                Place(version, "amends.effective"), $"lies outside inForce of version {outside.Version}", "Give a day on which both versions are in force; what has ended needs a new agreement");
        }

        if (before.Amends is { } earlier && amends.Effective <= earlier.Effective)
        {
            yield return new DocumentProblem(Place(version, "amends.effective"), $"is not later than that of version {before.Version}", "Give a later day, or amend the earlier version in its place");
        }
    }
}
