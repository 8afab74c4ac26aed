using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Statistics;

/// <summary>How much a source has in a span and how much makes it enough, in values, counting days or counting months.</summary>
/// <param name="Had">What there is.</param>
/// <param name="Needed">What is enough.</param>
internal readonly record struct SpanMinimum(int Had, int Needed)
{
    /// <summary>Whether it is enough.</summary>
    public bool Met => Had >= Needed;

    /// <summary>Measures readings of one parameter in the span of a window that holds a day against the minimum of an agreement.</summary>
    public static SpanMinimum Of(SubstitutionSpan span, IReadOnlyList<UsableReading> readings, Agreement agreement, Window window, DateOnly day)
    {
        var minimum = agreement.Completeness;
        var periods = window.Periods().ToList();
        return span switch
        {
            SubstitutionSpan.Moment => new(readings.Count, 1),
            SubstitutionSpan.Day => new(readings.Count, minimum.ValuesPerDay.Value),
            SubstitutionSpan.Month => new(CountingDays(readings, minimum).Count(), DaysNeeded(minimum, periods.First(p => p.Holds(day)))),
            _ => new(
                periods.Count(p => CountingDays(readings, minimum).Count(p.Holds) is > 0 and var days && days >= DaysNeeded(minimum, p)),
                minimum.MonthsNeeded(agreement.Windows, periods.Count)),
        };
    }

    private static IEnumerable<DateOnly> CountingDays(IEnumerable<UsableReading> readings, Completeness minimum) =>
        readings.GroupBy(r => r.Day).Where(d => d.Count() >= minimum.ValuesPerDay.Value).Select(d => d.Key);

    private static int DaysNeeded(Completeness minimum, Period period) => minimum.DaysPerMonth.Value.Needed(period.Days);
}
