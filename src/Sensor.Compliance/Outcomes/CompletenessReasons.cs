using Sensor.Compliance.Rules;

namespace Sensor.Compliance.Outcomes;

/// <summary>The minimums that were not met.</summary>
internal static class CompletenessReasons
{
    /// <summary>One reason for the parameters without any value, and one for each number of counting months that is too small.</summary>
    public static IReadOnlyList<Reason> Of(RuleScope scope, IReadOnlyList<string> deciding)
    {
        var absent = deciding.Where(p => scope.Statistics(p).Months.All(m => m.Values == 0)).ToList();
        var reasons = new List<Reason>();
        if (absent.Count > 0)
        {
            reasons.Add(new Reason(
                "no-usable-value",
                $"no value of {Symbols.Of(absent)} in the window may be used",
                $"本期{Symbols.Of(absent)}无可用监测值",
                new JsonObject { { "parameters", JsonList.Of(absent, p => p) } }));
        }

        var few = deciding.Except(absent, StringComparer.Ordinal).Where(p => scope.Statistics(p) is var s && s.CountingMonths < scope.MonthsNeeded(s));
        reasons.AddRange(few.GroupBy(p => scope.Statistics(p).CountingMonths).OrderBy(g => g.Key).Select(g => TooFewMonths(scope, g.Key, [.. g])));
        return reasons;
    }

    private static Reason TooFewMonths(RuleScope scope, int months, List<string> parameters)
    {
        var (minimum, periods) = (scope.Minimum, scope.Statistics(parameters[0]).Months);
        var (of, needed) = (periods.Count, scope.MonthsNeeded(scope.Statistics(parameters[0])));
        var (unit, unitZh, each) = periods[0].Period.IsWeek ? ("weeks", "周", "每周") : ("months", "个月", "每月");
        var days = minimum.DaysPerMonth.Value;
        return new Reason(
            "months-per-window",
            $"{months} of {of} {unit} have enough days ({days} or more with {minimum.ValuesPerDay.Value} usable {(minimum.ValuesPerDay.Value == 1 ? "value" : "values")} or more) of {Symbols.Of(parameters)}; at least {needed} are needed",
            $"{Symbols.Of(parameters)}在{of}{unitZh}中仅{months}{unitZh}有效（{each}有效天数不少于{days.ToStringZh()}，每日有效数据不少于{minimum.ValuesPerDay.Value}个），至少需要{needed}{unitZh}",
            new JsonObject
            {
                { "parameters", JsonList.Of(parameters, p => p) },
                { "months", months },
                { "needed", needed },
                { "of", of },
                { "daysPerMonth", days.ToJson() },
                { "valuesPerDay", minimum.ValuesPerDay.Value },
            });
    }
}
