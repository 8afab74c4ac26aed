namespace Sensor.Compliance.Outcomes.Differences;

/// <summary>What the other comparisons do not name, so that no difference goes unsaid.</summary>
internal static class OtherChanges
{
    private const int MostPaths = 20;

    /// <summary>Members that follow from the inputs and are spoken of through them.</summary>
    private static readonly HashSet<string> Root = new(
        [
            "schema", "agreement", "section", "window", "state", "standing", "result", "reasons", "tier", "bonus", "payer", "payee", "amount", "margin",
            "illustrative", "illustrativeBecause", "cut", "trace",
        ],
        StringComparer.Ordinal);

    private static readonly HashSet<string> Cut = new(
        ["semantics", "agreement", "registry", "determinations", "stations", "observations", "checks", "samples", "asOf", "repeats"], StringComparer.Ordinal);

    private static readonly HashSet<string> Trace = new(
        ["semantics", "settings", "parameters", "completeness", "rule", "measured", "alternatives", "readings", "excluded", "revisions", "determinations"],
        StringComparer.Ordinal);

    /// <summary>Says that the verdict is the same although the cut is another one.</summary>
    public static IEnumerable<OutcomeChange> SameVerdict(OutcomeDocument before, OutcomeDocument after)
    {
        if (before.VerdictDigest == after.VerdictDigest)
        {
            var differing = JsonPaths.Differing(before.Json["cut"], after.Json["cut"], "cut").Take(MostPaths);
            yield return new OutcomeChange(
                "same-verdict", "the same verdict from other records", "结论相同，所依据的记录不同",
                new JsonObject { { "verdictDigest", after.VerdictDigest.ToString() }, { "cut", JsonList.Of(differing, p => p) } });
        }
    }

    /// <summary>Differences in members that this version does not know, and in any member where nothing else was named.</summary>
    public static IEnumerable<OutcomeChange> Unnamed(OutcomeDocument before, OutcomeDocument after, IReadOnlyList<OutcomeChange> named)
    {
        var all = named.Count == 0 && before.VerdictDigest != after.VerdictDigest;
        var paths = all
            ? [.. JsonPaths.Differing(before.Json.Without("cut"), after.Json.Without("cut"), "")]
            : new[] { ("", Root), ("cut", Cut), ("trace", Trace) }.SelectMany(p => Unknown(before, after, p.Item1, p.Item2)).ToList();
        if (paths.Count > 0)
        {
            yield return new OutcomeChange(
                "other-members", $"{paths.Count} other {(paths.Count == 1 ? "place differs" : "places differ")}: {string.Join(", ", paths.Take(MostPaths))}",
                $"其他{paths.Count}处不同：{string.Join("、", paths.Take(MostPaths))}",
                new JsonObject { { "count", paths.Count }, { "paths", JsonList.Of(paths.Take(MostPaths), p => p) } });
        }
    }

    private static IEnumerable<string> Unknown(OutcomeDocument before, OutcomeDocument after, string member, HashSet<string> known) =>
        JsonPaths.Differing(Rest(before, member, known), Rest(after, member, known), member);

    private static JsonObject Rest(OutcomeDocument outcome, string member, HashSet<string> known)
    {
        var rest = new JsonObject();
        foreach (var (name, value) in (member.Length == 0 ? outcome.Json : (JsonObject)outcome.Json[member]).Where(m => !known.Contains(m.Key)))
        {
            rest.Add(name, value);
        }

        return rest;
    }
}
