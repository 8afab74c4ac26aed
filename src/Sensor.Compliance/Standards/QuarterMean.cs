using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>The value of a quarter: the mean of its monthly values, of which there must be two at least. Source: 环办〔2011〕22号, 季度评价.</summary>
public static class QuarterMean
{
    /// <summary>The fewest monthly values of a quarter.</summary>
    public const int FewestMonths = 2;

    /// <summary>The mean over a quarter.</summary>
    /// <param name="parameter">National factor code.</param>
    /// <param name="months">Its three months in order; null for a month without a value.</param>
    /// <param name="phMean">How pH is averaged.</param>
    /// <exception cref="ArgumentException">There are not three months.</exception>
    public static PeriodMean Of(string parameter, IReadOnlyList<ExactDecimal?> months, PhMeanRule phMean)
    {
        if (months.Count != 3)
        {
            throw new ArgumentException($"A quarter has 3 months, not {months.Count}.", nameof(months));
        }

        List<ExactDecimal> values = [.. months.OfType<ExactDecimal>()];
        return values.Count < FewestMonths
            ? new PeriodMean(null, values.Count, $"a quarter needs {FewestMonths} monthly values and has {values.Count}")
            : new PeriodMean(IndicatorMean.Of(parameter, values, phMean), values.Count, "");
    }
}
