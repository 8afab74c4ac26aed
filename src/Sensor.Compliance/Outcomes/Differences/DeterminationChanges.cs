namespace Sensor.Compliance.Outcomes.Differences;

/// <summary>Which determinations came, went or read otherwise.</summary>
internal static class DeterminationChanges
{
    /// <summary>The change, or null where neither the document nor what touches the window differs.</summary>
    public static OutcomeChange? Of(OutcomeDocument before, OutcomeDocument after)
    {
        var (was, now) = (ById(before), ById(after));
        var added = now.Where(n => !was.Contains(n.Key)).Select(n => n.Key).ToList();
        var removed = was.Where(w => !now.Contains(w.Key)).Select(w => w.Key).ToList();
        var changed = now.Where(n => was.Contains(n.Key) && !was[n.Key].SequenceEqual(n, StringComparer.Ordinal)).Select(n => n.Key).ToList();
        return before.DeterminationsDigest == after.DeterminationsDigest && added.Count + removed.Count + changed.Count == 0
            ? null
            : new OutcomeChange(
                "determinations",
                Words("other determinations", [("new", added), ("gone", removed), ("changed", changed)], ": ", ", ", "none that differs touches the window"),
                Words("认定不同", [("新增", added), ("撤销", removed), ("变更", changed)], "：", "、", "不同之处均不涉及本考核期"),
                new JsonObject
                {
                    { "digest", VerdictChanges.FromTo(before.DeterminationsDigest, after.DeterminationsDigest) },
                    { "added", JsonList.Of(added, id => id) },
                    { "removed", JsonList.Of(removed, id => id) },
                    { "changed", JsonList.Of(changed, id => id) },
                });
    }

    private static ILookup<string, string> ById(OutcomeDocument outcome) =>
        outcome.Determinations.OrderBy(d => d.Id, StringComparer.Ordinal).ThenBy(d => d.Content, StringComparer.Ordinal).ToLookup(d => d.Id, d => d.Content, StringComparer.Ordinal);

    private static string Words(string what, IEnumerable<(string Word, List<string> Ids)> kinds, string colon, string comma, string none)
    {
        var named = kinds.Where(k => k.Ids.Count > 0).Select(k => $"{k.Word} {string.Join(comma, k.Ids)}").ToList();
        return what + colon + (named.Count == 0 ? none : string.Join(comma == ", " ? "; " : "；", named));
    }
}
