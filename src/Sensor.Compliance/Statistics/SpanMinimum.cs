using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Statistics;

/// <summary>How much a source has in a span and how much makes it enough, in values, counting days or counting months.</summary>
/// <param name="Had">What there is.</param>
/// <param name="Needed">What is enough.</param>
internal readonly record struct SpanMinimum(int Had, int Needed)
{
    /// <summary>Whether it is enough.</summary>
    public bool Met => Had >= Needed;

    /// <summary>Measures readings of one parameter in the span that holds a day against the minimum of an agreement.</summary>
    public static SpanMinimum Of(SubstitutionSpan span, IReadOnlyList<UsableReading> readings, Completeness minimum, DateOnly day) => span switch
    {
        SubstitutionSpan.Moment => new(readings.Count, 1),
        SubstitutionSpan.Day => new(readings.Count, minimum.ValuesPerDay.Value),
        SubstitutionSpan.Month => new(CountingDays(readings, minimum).Count(), DaysNeeded(minimum, day)),
        _ => new(
            CountingDays(readings, minimum).GroupBy(d => new DateOnly(d.Year, d.Month, 1)).Count(m => m.Count() >= DaysNeeded(minimum, m.Key)),
            minimum.MonthsPerWindow.Value),
    };

    private static IEnumerable<DateOnly> CountingDays(IEnumerable<UsableReading> readings, Completeness minimum) =>
        readings.GroupBy(r => r.Day).Where(d => d.Count() >= minimum.ValuesPerDay.Value).Select(d => d.Key);

    private static int DaysNeeded(Completeness minimum, DateOnly day) => minimum.DaysPerMonth.Value.Needed(DateTime.DaysInMonth(day.Year, day.Month));
}
