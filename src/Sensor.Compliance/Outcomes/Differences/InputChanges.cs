namespace Sensor.Compliance.Outcomes.Differences;

/// <summary>Which inputs other than readings are not the same.</summary>
internal static class InputChanges
{
    public static IEnumerable<OutcomeChange> Of(OutcomeDocument before, OutcomeDocument after)
    {
        if ((before.From, before.To) != (after.From, after.To))
        {
            yield return new OutcomeChange(
                "window", $"the window runs from {after.From} to {after.To}, not from {before.From} to {before.To}",
                $"考核期由{before.From}至{before.To}变为{after.From}至{after.To}",
                new JsonObject { { "from", VerdictChanges.FromTo(before.From, after.From) }, { "to", VerdictChanges.FromTo(before.To, after.To) } });
        }

        if (AgreementDiffers(before, after))
        {
            yield return Agreement(before, after);
        }

        if (Parameters(before, after) is { } parameters)
        {
            yield return parameters;
        }

        if (DeterminationChanges.Of(before, after) is { } determinations)
        {
            yield return determinations;
        }

        if (before.Semantics != after.Semantics)
        {
            yield return new OutcomeChange(
                "semantics", $"another version of the semantics: {before.Semantics} -> {after.Semantics}", $"语义版本由{before.Semantics}变为{after.Semantics}",
                VerdictChanges.FromTo(before.Semantics, after.Semantics));
        }

        if (before.Registry != after.Registry)
        {
            yield return new OutcomeChange(
                "registry", "another registry of stations, keys and sections", "站点、密钥与断面的登记簿不同", VerdictChanges.FromTo(before.Registry, after.Registry));
        }
    }

    public static bool AgreementDiffers(OutcomeDocument before, OutcomeDocument after) =>
        (before.AgreementDigest, before.AgreementVersion) != (after.AgreementDigest, after.AgreementVersion)
        || JsonPaths.Differing(before.Json["agreement"], after.Json["agreement"], "agreement").Any();

    private static OutcomeChange? Parameters(OutcomeDocument before, OutcomeDocument after)
    {
        var (added, removed) = (Lacking(after, before), Lacking(before, after));
        return added.Count + removed.Count == 0
            ? null
            : new OutcomeChange(
                "parameters",
                string.Join("; ", Named("assessed now: ", added, ", ").Concat(Named("not assessed any more: ", removed, ", "))),
                string.Join("；", Named("新增评价项目：", added, "、").Concat(Named("不再评价项目：", removed, "、"))),
                new JsonObject { { "added", JsonList.Of(added, m => m.Parameter) }, { "removed", JsonList.Of(removed, m => m.Parameter) } });
    }

    private static List<DocumentMean> Lacking(OutcomeDocument of, OutcomeDocument other) =>
        [.. of.Means.Where(m => other.Means.All(o => o.Parameter != m.Parameter)).OrderBy(m => m.Parameter, StringComparer.Ordinal)];

    private static IEnumerable<string> Named(string what, List<DocumentMean> means, string comma) =>
        means.Count == 0 ? [] : [what + string.Join(comma, means.Select(m => m.Symbol))];

    private static OutcomeChange Agreement(OutcomeDocument before, OutcomeDocument after)
    {
        var same = before.AgreementVersion == after.AgreementVersion;
        return new OutcomeChange(
            "agreement",
            same ? $"another document of the agreement under the same version {after.AgreementVersion}" : $"another version of the agreement: {before.AgreementVersion} -> {after.AgreementVersion}",
            same ? $"协议版本{after.AgreementVersion}相同，但文件内容不同" : $"协议版本由{before.AgreementVersion}变为{after.AgreementVersion}",
            new JsonObject
            {
                { "version", VerdictChanges.FromTo(before.AgreementVersion, after.AgreementVersion) },
                { "digest", VerdictChanges.FromTo(before.AgreementDigest, after.AgreementDigest) },
            });
    }
}
