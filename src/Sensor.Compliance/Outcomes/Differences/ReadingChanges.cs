namespace Sensor.Compliance.Outcomes.Differences;

/// <summary>What became of every reading between two outcomes, of the parameters that both assess.</summary>
internal sealed class ReadingChanges
{
    private readonly OutcomeDocument _after;
    private readonly Dictionary<string, string> _symbols;
    private readonly List<(ReadingKey Key, ReadingChange Change, IReadOnlyList<ExcludedContent> Newly)> _all;

    public ReadingChanges(OutcomeDocument before, OutcomeDocument after)
    {
        _after = after;
        _symbols = after.Means.Concat(before.Means).DistinctBy(m => m.Parameter, StringComparer.Ordinal).ToDictionary(m => m.Parameter, m => m.Symbol, StringComparer.Ordinal);
        var assessed = before.Means.Select(m => m.Parameter).Intersect(after.Means.Select(m => m.Parameter), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        _all = [.. before.Readings.States.Keys.Union(after.Readings.States.Keys).Where(k => assessed.Contains(k.Parameter))
            .OrderBy(k => k.Time, StringComparer.Ordinal).ThenBy(k => k.Series, StringComparer.Ordinal).ThenBy(k => k.Parameter, StringComparer.Ordinal)
            .Select(k => (Key: k, Change: Between(before.Readings[k], after.Readings[k]), Newly: Newly(before.Readings[k], after.Readings[k])))
            .Where(c => c.Change is not null)
            .Select(c => (c.Key, c.Change!.Value, c.Newly))];
    }

    /// <summary>One change for each kind that occurs.</summary>
    public IEnumerable<OutcomeChange> Changes() => _all.GroupBy(c => c.Change).OrderBy(g => g.Key).Select(g => Change(g.Key, [.. g]));

    /// <summary>How many readings of a parameter moved its mean, by kind; kinds that did not occur are left out.</summary>
    public IReadOnlyList<(ReadingChange Change, int Count)> Causes(string parameter) =>
        [.. _all.Where(c => c.Key.Parameter == parameter && c.Change.TouchesMeans()).GroupBy(c => c.Change).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()))];

    private static ReadingChange? Between(ReadingState before, ReadingState after)
    {
        var revised = !before.Revisions.SequenceEqual(after.Revisions, StringComparer.Ordinal);
        return (before.Counted.Count > 0, after.Counted.Count > 0) switch
        {
            (false, true) => before.Excluded.Count > after.Excluded.Count ? ReadingChange.CountedAgain : ReadingChange.Arrived,
            (true, false) => after.Excluded.Count > before.Excluded.Count ? ReadingChange.Excluded : ReadingChange.Gone,
            _ when !before.Counted.SequenceEqual(after.Counted, StringComparer.Ordinal) => revised ? ReadingChange.Revised : ReadingChange.Replaced,
            _ => BetweenExcluded(before, after, revised),
        };
    }

    private static ReadingChange? BetweenExcluded(ReadingState before, ReadingState after, bool revised) => (after.Excluded.Count - before.Excluded.Count) switch
    {
        > 0 => ReadingChange.ExcludedArrived,
        < 0 => ReadingChange.ExcludedGone,
        _ when revised => ReadingChange.RevisedOnly,
        _ => before.Excluded.SequenceEqual(after.Excluded) ? null : ReadingChange.ExcludedOtherwise,
    };

    private static IReadOnlyList<ExcludedContent> Newly(ReadingState before, ReadingState after) => [.. after.Excluded.Except(before.Excluded)];

    private OutcomeChange Change(ReadingChange change, List<(ReadingKey Key, ReadingChange Change, IReadOnlyList<ExcludedContent> Newly)> readings)
    {
        var parameters = readings.GroupBy(r => r.Key.Parameter, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (Code: g.Key, Count: g.Count())).ToList();
        var reasons = readings.SelectMany(r => r.Newly).GroupBy(e => (e.Reason, e.Flag))
            .OrderBy(g => g.Key.Reason, StringComparer.Ordinal).ThenBy(g => g.Key.Flag, StringComparer.Ordinal).ToList();
        var (count, from, to) = (readings.Count, readings[0].Key.Time, readings[^1].Key.Time);
        var span = from == to ? from : $"{from} – {to}";
        return new OutcomeChange(
            change.Code(),
            $"{count} {(count == 1 ? "reading" : "readings")} {change.VerbEn(count)}: {string.Join(", ", parameters.Select(p => $"{Symbol(p.Code)} {p.Count}"))}; sampled {span}{string.Concat(reasons.Select(r => $"; {Words(r.Key).En} ({r.Count()})"))}",
            $"{change.VerbZh()}{count}条读数：{string.Join("、", parameters.Select(p => $"{Symbol(p.Code)} {p.Count}条"))}；采样时间{span}{string.Concat(reasons.Select(r => $"；{Words(r.Key).Zh}（{r.Count()}）"))}",
            new JsonObject
            {
                { "count", count },
                { "parameters", JsonList.Of(parameters, p => new JsonObject { { "parameter", p.Code }, { "symbol", Symbol(p.Code) }, { "count", p.Count } }) },
                { "from", from },
                { "to", to },
                { "reasons", JsonList.Of(reasons, r => new JsonObject { { "reason", r.Key.Reason }, { "flag", r.Key.Flag }, { "count", r.Count() } }) },
            });
    }

    private string Symbol(string code) => _symbols.GetValueOrDefault(code, code);

    private DocumentReason Words((string Reason, string Flag) key) => _after.Readings.Words.GetValueOrDefault(key, new DocumentReason(key.Reason, key.Reason, key.Reason));
}
