using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>The means of the days of a window that count: days with enough values.</summary>
internal static class DailyMeans
{
    /// <summary>The means by day, in order.</summary>
    public static SortedDictionary<DateOnly, ExactDecimal> Of(RuleScope scope, string parameter)
    {
        var agreed = scope.Agreement.ParameterOf(parameter);
        return new SortedDictionary<DateOnly, ExactDecimal>(
            CountingDays(scope, parameter).ToDictionary(d => d.Key, d => ParameterMean.Of(agreed, d.Value)!.Value));
    }

    /// <summary>The days that count with their values.</summary>
    public static IEnumerable<KeyValuePair<DateOnly, ArraySegment<ExactDecimal>>> CountingDays(RuleScope scope, string parameter) => scope.Values(parameter).Days
        .Where(d => d.Key >= scope.Window.From && d.Key < scope.Window.To && d.Value.Count >= scope.Minimum.ValuesPerDay.Value);
}
