namespace Sensor.Compliance.Outcomes.Differences;

/// <summary>What changed in the verdict, its state and its reasons.</summary>
internal static class VerdictChanges
{
    private static readonly Dictionary<string, string> Zh = new(StringComparer.Ordinal)
    {
        ["pass"] = "达标", ["fail"] = "未达标", ["exempt"] = "豁免", ["indeterminate"] = "无法评定",
        ["open"] = "进行中", ["provisional"] = "暂定", ["final"] = "最终",
    };

    public static IEnumerable<OutcomeChange> Of(OutcomeDocument before, OutcomeDocument after)
    {
        var effects = PaymentEffect.Between(before.Pays, after.Pays);
        if ((before.Result, before.Tier, before.Pays) != (after.Result, after.Tier, after.Pays) || Differs(before, after, "bonus"))
        {
            yield return Verdict(before, after, effects);
        }

        if (before.State != after.State)
        {
            yield return new OutcomeChange(
                "state", $"state: {before.State} -> {after.State}", $"状态由{Zh[before.State]}变为{Zh[after.State]}",
                FromTo(before.State, after.State).With("asOf", FromTo(before.AsOf, after.AsOf)));
        }

        if (after.Result is "indeterminate" or "exempt" && before.Result == after.Result && !before.Reasons.SequenceEqual(after.Reasons))
        {
            yield return new OutcomeChange(
                "reasons", $"the reasons are other ones: {string.Join("; ", after.Reasons.Select(r => r.En))}", $"理由变更：{string.Join("；", after.Reasons.Select(r => r.Zh))}",
                FromTo(before.Json["reasons"], after.Json["reasons"]));
        }
    }

    public static JsonObject FromTo(JsonItem? from, JsonItem? to) => new() { { "from", from }, { "to", to } };

    private static OutcomeChange Verdict(OutcomeDocument before, OutcomeDocument after, IReadOnlyList<PaymentEffect> effects)
    {
        var illustrative = before.Illustrative || after.Illustrative;
        return new OutcomeChange(
            "verdict",
            $"the verdict was {SummaryEn(before)}; it is {SummaryEn(after)}{Join("; ", effects, e => e.En())}{(illustrative ? " (illustrative: no money may move on it)" : "")}",
            $"结论原为{SummaryZh(before)}；现为{SummaryZh(after)}{Join("；", effects, e => e.Zh())}{(illustrative ? "（示例：不产生实际支付）" : "")}",
            new JsonObject
            {
                { "from", Members(before) }, { "to", Members(after) }, { "effects", JsonList.Of(effects, e => e.ToJson()) }, { "illustrative", illustrative },
            });
    }

    private static string SummaryEn(OutcomeDocument o) =>
        $"{o.Result}{(o.Tier is null ? "" : $" (tier {o.Tier})")}, {(o.Pays is { } p ? $"{p.Payer} pays {p.Payee} {p.Amount} {p.Currency}" : "nobody pays")}";

    private static string SummaryZh(OutcomeDocument o) =>
        $"{Zh[o.Result]}{(o.Tier is null ? "" : $"（档次{o.Tier}）")}，{(o.Pays is { } p ? $"{p.Payer}向{p.Payee}支付{p.Amount} {p.Currency}" : "双方均不支付")}";

    private static string Join(string between, IReadOnlyList<PaymentEffect> effects, Func<PaymentEffect, string> words) =>
        string.Concat(effects.Select(e => between + words(e)));

    private static JsonObject Members(OutcomeDocument outcome)
    {
        var members = new JsonObject();
        foreach (var name in new[] { "result", "tier", "payer", "payee", "amount", "bonus" })
        {
            members.Add(name, outcome.Json.Find(name));
        }

        return members;
    }

    private static bool Differs(OutcomeDocument before, OutcomeDocument after, string member) =>
        JsonPaths.Differing(before.Json.Find(member), after.Json.Find(member), member).Any();
}
