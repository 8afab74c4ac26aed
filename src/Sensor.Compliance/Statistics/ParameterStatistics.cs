using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Statistics;

/// <summary>One month of one parameter, or the week where windows are weeks.</summary>
/// <param name="Period">Its days.</param>
/// <param name="DaysNeeded">Counting days that make it count.</param>
/// <param name="Days">Counting days: those with enough values.</param>
/// <param name="Total">The values on counting days.</param>
/// <param name="Mean">Their mean; null where there are none.</param>
internal sealed record MonthStatistics(Period Period, int DaysNeeded, int Days, PeriodSum Total, ExactDecimal? Mean)
{
    /// <summary>Its first day.</summary>
    public DateOnly Month => Period.From;

    /// <summary>Values on counting days.</summary>
    public int Values => Total.Count;

    /// <summary>Their exact sum.</summary>
    public ExactDecimal Sum => Total.Sum;

    /// <summary>Whether the month enters the means of the window.</summary>
    public bool Counts => Days >= DaysNeeded && Values > 0;
}

/// <summary>The means of one parameter over a window. Only values on counting days of counting months enter.</summary>
/// <param name="Months">Every month of the window, in order, cut at its edges.</param>
/// <param name="Count">The number of values that enter.</param>
/// <param name="Sum">Their exact sum.</param>
/// <param name="MeanOfSamples">Their mean; null where there are none.</param>
/// <param name="MeanOfMonthlyMeans">The mean of the means of counting months; null where there are none.</param>
internal sealed record ParameterStatistics(
    IReadOnlyList<MonthStatistics> Months, int Count, ExactDecimal Sum, ExactDecimal? MeanOfSamples, ExactDecimal? MeanOfMonthlyMeans)
{
    /// <summary>Months that count.</summary>
    public int CountingMonths => Months.Count(m => m.Counts);

    /// <summary>The mean that a statistic names.</summary>
    public ExactDecimal? Mean(DecidingStatistic statistic) =>
        statistic == DecidingStatistic.MeanOfSamples ? MeanOfSamples : MeanOfMonthlyMeans;

    /// <summary>Computes them.</summary>
    public static ParameterStatistics Of(AgreedParameter parameter, DailyValues values, Window window, Completeness minimum)
    {
        var months = window.Periods().Select(period => OfPeriod(parameter, period, values, minimum)).ToList();
        var counted = months.Where(m => m.Counts).ToList();
        var total = counted.Aggregate(default(PeriodSum), (sum, month) => sum + month.Total);
        return new ParameterStatistics(months, total.Count, total.Sum, total.MeanOf(parameter), ParameterMean.Of(parameter, [.. counted.Select(m => m.Mean!.Value)]));
    }

    private static MonthStatistics OfPeriod(AgreedParameter parameter, Period period, DailyValues values, Completeness minimum)
    {
        var total = PeriodSum.Of(parameter, values.Between(period.From, period.To), minimum.ValuesPerDay.Value, out var days);
        return new MonthStatistics(period, minimum.DaysPerMonth.Value.Needed(period.Days), days, total, total.MeanOf(parameter));
    }
}
