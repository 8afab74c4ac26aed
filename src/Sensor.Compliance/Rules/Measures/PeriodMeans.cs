using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>The days or months of a window that have a mean of each of several parameters, with these means.</summary>
/// <param name="Label">The day or month in the form of ISO 8601.</param>
/// <param name="Means">The means by factor code.</param>
internal sealed record PeriodMeans(string Label, IReadOnlyDictionary<string, ExactDecimal> Means)
{
    /// <summary>The periods in order of time; one that lacks a mean of any parameter is left out.</summary>
    public static IReadOnlyList<PeriodMeans> Of(RuleScope scope, IReadOnlyList<string> codes, ValueSpan span)
    {
        var means = codes.ToDictionary(code => code, code => span == ValueSpan.Days
            ? DailyMeans.Of(scope, code).ToDictionary(d => d.Key, d => d.Value)
            : scope.Statistics(code).Months.Where(m => m.Counts).ToDictionary(m => m.Month, m => m.Mean!.Value), StringComparer.Ordinal);
        return [.. means.Values.Select(m => m.Keys.AsEnumerable()).Aggregate((a, b) => a.Intersect(b)).Order()
            .Select(day => new PeriodMeans(LabelOf(day, span), codes.ToDictionary(code => code, code => means[code][day], StringComparer.Ordinal)))];
    }

    /// <summary>Why there is none.</summary>
    public static Reason Nothing(IReadOnlyList<string> codes, ValueSpan span) =>
        new("no-common-period", $"no {span.Word()} have means of all of {Symbols.Of(codes)}", $"{Symbols.Of(codes)}无共同有效时段", []);

    private static string LabelOf(DateOnly day, ValueSpan span) => span == ValueSpan.Months
        ? OutcomeJson.Month(day)
        : day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
