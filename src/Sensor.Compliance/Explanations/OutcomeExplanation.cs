using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Outcomes.Differences;

namespace Sensor.Compliance.Explanations;

/// <summary>The computation behind an outcome, from the readings to the payment, line by line in both languages. It repeats what the trace says and computes nothing.</summary>
/// <remarks>Pure and thread-safe.</remarks>
public static class OutcomeExplanation
{
    /// <summary>The lines, in the order of the computation.</summary>
    /// <param name="outcome">The outcome.</param>
    public static IReadOnlyList<LocalText> Of(OutcomeDocument outcome)
    {
        var json = new ItemReader(outcome.Json, "", []);
        var trace = json.Child("trace");
        return
        [
            .. Heading(json, outcome),
            .. ReadingLines.Of(trace),
            .. trace.Children("determinations").Select(DeterminationLine),
            .. trace.Children("parameters").SelectMany(Means),
            .. Completeness(trace.Child("completeness")),
            .. Rule(trace),
            .. Verdict(json, outcome),
        ];
    }

    private static IEnumerable<LocalText> Heading(ItemReader json, OutcomeDocument outcome)
    {
        var title = json.Child("agreement").Child("title");
        yield return new("", "");
        yield return new($"{title.Text("en")} ({outcome.Agreement}, version {outcome.AgreementVersion})", $"{title.Text("zh")}（{outcome.Agreement}，第{outcome.AgreementVersion}版）");
        yield return new($"{outcome.Section}, window {outcome.Window}, from {outcome.From} to {outcome.To}", $"{outcome.Section}断面，考核期{outcome.Window}，{outcome.From}至{outcome.To}");
        if (json.OptionalChild("illustrativeBecause") is { } because)
        {
            yield return new($"ILLUSTRATIVE, no money may move on it: {because.Text("en")}", $"演示性文件，不得据此支付：{because.Text("zh")}");
        }
    }

    private static LocalText DeterminationLine(ItemReader d)
    {
        var (reason, applied) = (d.Child("reason"), d.Truth("applied"));
        return new(
            $"determination {d.Text("id")} ({d.Text("kind")}) from {d.Text("from")} to {d.Text("to")}: {reason.Text("en")}{(applied ? "" : " (not applied)")}",
            $"认定{d.Text("id")}（{d.Text("kind")}），{d.Text("from")}至{d.Text("to")}：{reason.Text("zh")}{(applied ? "" : "（未适用）")}");
    }

    private static IEnumerable<LocalText> Means(ItemReader p)
    {
        var (symbol, unit) = (p.Text("symbol"), p.Text("unit"));
        foreach (var month in p.Children("months").Where(m => m.Whole("count") > 0))
        {
            var (sum, mean, counts) = (month.OptionalText("sum"), month.OptionalText("mean"), month.Truth("counts"));
            var computed = sum is null || mean is null ? mean ?? "-" : $"{sum} / {month.Whole("count")} = {mean}";
            yield return new(
                $"{symbol}, {month.Text("month")}: {month.Whole("count")} values on {month.Whole("days")} days of {month.Whole("daysOfMonth")} ({month.Whole("daysNeeded")} needed), mean {computed} {unit}{(counts ? "" : "; the month does not count")}",
                $"{symbol}，{month.Text("month")}：{month.Whole("count")}个数据，{month.Whole("daysOfMonth")}天中有{month.Whole("days")}天（须{month.Whole("daysNeeded")}天），均值{computed} {unit}{(counts ? "" : "；该月不计入")}");
        }

        yield return new(
            $"{symbol}: {p.Whole("count")} values; mean of samples {p.OptionalText("meanOfSamples") ?? "-"}, mean of monthly means {p.OptionalText("meanOfMonthlyMeans") ?? "-"}; {p.OptionalText("deciding") ?? "none"} {unit} is decided upon",
            $"{symbol}：{p.Whole("count")}个数据；全部数据均值{p.OptionalText("meanOfSamples") ?? "-"}，月均值的均值{p.OptionalText("meanOfMonthlyMeans") ?? "-"}；用于判定的为{p.OptionalText("deciding") ?? "无"} {unit}");
    }

    private static IEnumerable<LocalText> Completeness(ItemReader completeness)
    {
        var counting = string.Join(", ", completeness.Child("countingMonths").Json.Select(m => $"{m.Key} {ItemLines.Plain(m.Value)}"));
        yield return new(
            $"months that count: {counting}; {completeness.Whole("monthsNeeded")} of {completeness.Whole("monthsOfWindow")} needed",
            $"计入的月数：{counting}；{completeness.Whole("monthsOfWindow")}个月中须有{completeness.Whole("monthsNeeded")}个");
    }

    private static IEnumerable<LocalText> Rule(ItemReader trace)
    {
        if (trace.Json.Find("rule") is not JsonObject rule)
        {
            yield return new("the rule could not be applied", "规则无法适用");
            yield break;
        }

        yield return new("the rule of the agreement, step by step:", "协议规则，逐步计算：");
        foreach (var line in ItemLines.Of(rule, "  "))
        {
            yield return new(line, line);
        }
    }

    private static IEnumerable<LocalText> Verdict(ItemReader json, OutcomeDocument outcome)
    {
        foreach (var reason in outcome.Reasons)
        {
            yield return new($"because {reason.En}", $"理由：{reason.Zh}");
        }

        yield return new($"result: {outcome.Result}{(outcome.Tier is { } en ? $", tier {en}" : "")}, {outcome.State}", $"结果：{outcome.Result}{(outcome.Tier is { } zh ? $"，档次{zh}" : "")}，{outcome.State}");
        foreach (var payment in json.Json.Find("payments") is JsonList ? json.Children("payments") : [])
        {
            yield return Payment(payment, $"{payment.Text("clause")}: ");
        }

        yield return outcome.Pays is null ? new("nobody pays on balance", "相抵后各方均不支付") : Payment(json, "");
    }

    private static LocalText Payment(ItemReader json, string before)
    {
        var (payer, payee, amount) = (json.Text("payer"), json.Text("payee"), json.Child("amount"));
        return new($"{before}{payer} pays {payee} {amount.Text("value")} {amount.Text("currency")}", $"{before}{payer}向{payee}支付{amount.Text("value")} {amount.Text("currency")}");
    }
}
