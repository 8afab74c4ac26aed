using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>
/// The value of a year: the arithmetic mean of twelve monthly values; where ice or the like kept a section from being sampled, of eight at least.
/// Source: 环办〔2011〕22号, 年度评价.
/// </summary>
/// <remarks>A month without a value and without a recorded cause leaves the year without one: the document excuses only what could not be sampled.</remarks>
public static class YearMean
{
    /// <summary>The fewest monthly values of a year whose other months could not be sampled.</summary>
    public const int FewestMonths = 8;

    /// <summary>The mean over a year.</summary>
    /// <param name="parameter">National factor code.</param>
    /// <param name="months">Its twelve months in order.</param>
    /// <param name="phMean">How pH is averaged.</param>
    /// <exception cref="ArgumentException">There are not twelve months.</exception>
    public static PeriodMean Of(string parameter, IReadOnlyList<MonthOfYear> months, PhMeanRule phMean)
    {
        if (months.Count != 12)
        {
            throw new ArgumentException($"A year has 12 months, not {months.Count}.", nameof(months));
        }

        List<ExactDecimal> values = [.. months.Select(month => month.Value).OfType<ExactDecimal>()];
        var reason = ReasonAgainst(months, values.Count);
        return new PeriodMean(reason.Length == 0 ? IndicatorMean.Of(parameter, values, phMean) : null, values.Count, reason);
    }

    private static string ReasonAgainst(IReadOnlyList<MonthOfYear> months, int values)
    {
        var unexplained = months.Index().Where(m => m.Item is { Value: null, CouldNotBeSampled: false }).Select(m => m.Index + 1).ToList();
        return unexplained.Count > 0
            ? $"no value and no recorded cause in month {string.Join(", ", unexplained)}"
            : values < FewestMonths ? $"a year needs {FewestMonths} monthly values and has {values}" : "";
    }
}
