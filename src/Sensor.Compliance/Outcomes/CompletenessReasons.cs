using Sensor.Compliance.Agreements;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>The minimums that were not met.</summary>
internal static class CompletenessReasons
{
    /// <summary>One reason for the parameters without any value, and one for each number of counting months that is too small.</summary>
    public static IReadOnlyList<Reason> Of(Agreement agreement, IReadOnlyDictionary<string, ParameterStatistics> statistics, Completeness minimum)
    {
        var deciding = agreement.Rule.Parameters;
        var absent = deciding.Where(p => statistics[p].Months.All(m => m.Values == 0)).ToList();
        var reasons = new List<Reason>();
        if (absent.Count > 0)
        {
            reasons.Add(new Reason(
                "no-usable-value",
                $"no value of {Symbols(agreement, absent)} in the window may be used",
                $"本期{Symbols(agreement, absent)}无可用监测值",
                new JsonObject { { "parameters", JsonList.Of(absent, p => p) } }));
        }

        var periods = statistics[agreement.Parameters[0].Code].Months.Select(m => m.Period).ToList();
        var few = deciding.Except(absent, StringComparer.Ordinal).Where(p => statistics[p].CountingMonths < minimum.MonthsNeeded(agreement.Windows, periods.Count));
        reasons.AddRange(few.GroupBy(p => statistics[p].CountingMonths).OrderBy(g => g.Key).Select(g => TooFewMonths(agreement, periods, g.Key, [.. g], minimum)));
        return reasons;
    }

    private static Reason TooFewMonths(Agreement agreement, List<Period> periods, int months, List<string> parameters, Completeness minimum)
    {
        var of = periods.Count;
        var needed = minimum.MonthsNeeded(agreement.Windows, of);
        var (unit, unitZh, each) = periods[0].IsWeek ? ("weeks", "周", "每周") : ("months", "个月", "每月");
        var days = minimum.DaysPerMonth.Value;
        return new Reason(
            "months-per-window",
            $"{months} of {of} {unit} have enough days ({days} or more with {minimum.ValuesPerDay.Value} usable {(minimum.ValuesPerDay.Value == 1 ? "value" : "values")} or more) of {Symbols(agreement, parameters)}; at least {needed} are needed",
            $"{Symbols(agreement, parameters)}在{of}{unitZh}中仅{months}{unitZh}有效（{each}有效天数不少于{days.ToStringZh()}，每日有效数据不少于{minimum.ValuesPerDay.Value}个），至少需要{needed}{unitZh}",
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

    private static string Symbols(Agreement agreement, IEnumerable<string> codes) =>
        string.Join(", ", codes.Select(c => agreement.Parameters.First(p => p.Code == c).Symbol));
}
