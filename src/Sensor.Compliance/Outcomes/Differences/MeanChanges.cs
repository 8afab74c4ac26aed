using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;
using Sensor.Contracts;

namespace Sensor.Compliance.Outcomes.Differences;

/// <summary>What became of each deciding mean, and of the index or class that follows from them.</summary>
internal static class MeanChanges
{
    /// <summary>Assessment decimals and these more, so that a difference is seen.</summary>
    private const int MoreDecimals = 2;

    private const int IndexDecimals = 5;

    public static IEnumerable<OutcomeChange> Of(OutcomeDocument before, OutcomeDocument after, ReadingChanges readings)
    {
        foreach (var code in before.Means.Concat(after.Means).Select(m => m.Parameter).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (was, now) = (Find(before, code), Find(after, code));
            if (was?.Deciding != now?.Deciding)
            {
                yield return Mean((now ?? was)!, was?.Deciding, now?.Deciding, readings.Causes(code), InputChanges.AgreementDiffers(before, after));
            }
        }
    }

    /// <summary>The index or the class, where the rule has one and it is another.</summary>
    public static IEnumerable<OutcomeChange> OfRule(OutcomeDocument before, OutcomeDocument after)
    {
        var (was, now) = (Step(before, "index"), Step(after, "index"));
        if (was != now)
        {
            var (from, to) = Shown(Number(was), Number(now), IndexDecimals);
            yield return new OutcomeChange("index", $"index {from ?? "none"} -> {to ?? "none"}", $"指数由{from ?? "无"}变为{to ?? "无"}", VerdictChanges.FromTo(was, now));
        }

        var (classWas, classNow) = (Step(before, "class"), Step(after, "class"));
        if (classWas != classNow)
        {
            yield return new OutcomeChange(
                "class", $"class {classWas ?? "none"} -> {classNow ?? "none"}", $"水质类别由{classWas ?? "无"}变为{classNow ?? "无"}", VerdictChanges.FromTo(classWas, classNow));
        }
    }

    private static OutcomeChange Mean(DocumentMean mean, ExactDecimal? was, ExactDecimal? now, IReadOnlyList<(ReadingChange Change, int Count)> causes, bool agreement)
    {
        var (from, to) = Shown(was, now, (ParameterCatalogue.Find(mean.Parameter)?.AssessmentDecimals ?? MoreDecimals) + MoreDecimals);
        var en = causes.Select((c, i) => $"{c.Count} {(i > 0 ? "" : c.Count == 1 ? "reading " : "readings ")}{c.Change.VerbEn(c.Count)}").ToList();
        var zh = causes.Select((c, i) => $"{c.Change.VerbZh()}{c.Count}条{(i > 0 ? "" : "读数")}").ToList();
        if (agreement)
        {
            en.Add("the agreement is another");
            zh.Add("协议不同");
        }

        return new OutcomeChange(
            "mean",
            $"{mean.Symbol} mean {from ?? "none"} -> {to ?? "none"}{(en.Count == 0 ? "" : $" because {string.Join(", ", en)}")}",
            $"{mean.Symbol}均值由{from ?? "无"}变为{to ?? "无"}{(zh.Count == 0 ? "" : $"，因{string.Join("、", zh)}")}",
            new JsonObject
            {
                { "parameter", mean.Parameter },
                { "symbol", mean.Symbol },
                { "from", was?.ToString() },
                { "to", now?.ToString() },
                { "because", JsonList.Of(causes, c => new JsonObject { { "code", c.Change.Code() }, { "count", c.Count } }) },
            });
    }

    /// <summary>Both rounded alike; with all digits where the rounded ones do not differ.</summary>
    private static (string? From, string? To) Shown(ExactDecimal? was, ExactDecimal? now, int decimals)
    {
        var (from, to) = (Show(was, decimals), Show(now, decimals));
        return from == to ? (was?.ToString(), now?.ToString()) : (from, to);
    }

    private static string? Show(ExactDecimal? value, int decimals) => value is { } number ? GbT8170.Show(number, decimals, SmallValueRule.KeepsOneDigit) : null;

    private static DocumentMean? Find(OutcomeDocument outcome, string code) => outcome.Means.FirstOrDefault(m => m.Parameter == code);

    /// <summary>A step of the rule; a rule that this version does not know has perhaps none of that name.</summary>
    private static string? Step(OutcomeDocument outcome, string name) =>
        ((outcome.Json["trace"] as JsonObject)?.Find("rule") as JsonObject)?.Find(name) is JsonText text ? text.Value : null;

    private static ExactDecimal? Number(string? text) => text is not null && ExactDecimal.TryParse(text, out var number) ? number : null;
}
