using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>Of which values an extreme or a percentile is taken.</summary>
internal enum ValueSpan
{
    /// <summary><c>values</c>: every value that counts.</summary>
    Values,

    /// <summary><c>days</c>: the means of days that count.</summary>
    Days,

    /// <summary><c>months</c>: the means of months that count.</summary>
    Months,
}

/// <summary>Reads and resolves it.</summary>
internal static class ValueSpans
{
    private static readonly string[] Words = ["values", "days", "months"];

    public static string Word(this ValueSpan span) => Words[(int)span];

    public static string Zh(this ValueSpan span) => span switch { ValueSpan.Values => "监测值", ValueSpan.Days => "日均值", _ => "月均值" };

    public static ValueSpan Read(StrictObject json) => (ValueSpan)Array.IndexOf(Words, json.Word("of", Words));

    /// <summary>The values of one parameter in a window, in no order that matters.</summary>
    public static IReadOnlyList<ExactDecimal> In(this ValueSpan span, RuleScope scope, string parameter) => span switch
    {
        ValueSpan.Values => [.. DailyMeans.CountingDays(scope, parameter).SelectMany(d => d.Value)],
        ValueSpan.Days => [.. DailyMeans.Of(scope, parameter).Values],
        _ => [.. scope.Statistics(parameter).Months.Where(m => m.Counts).Select(m => m.Mean!.Value)],
    };
}
