using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Quality;

/// <summary>How far values lie apart, compared exactly: the square of the spread is <c>Square ÷ Divisor</c>.</summary>
/// <param name="Square">The numerator.</param>
/// <param name="Divisor">The divisor, above 0.</param>
/// <param name="LeastDivisor">The divisor if every missing value had been the one that makes the spread least.</param>
/// <param name="En">The spread in words, such as <c>a range of 3</c>.</param>
/// <param name="Shown">The spread in digits; rounded, for readers only.</param>
internal sealed record Spread(ExactDecimal Square, ExactDecimal Divisor, ExactDecimal LeastDivisor, string En, string Shown)
{
    /// <summary>The largest value less the smallest: no missing value could make it less.</summary>
    public static Spread Range(IReadOnlyList<ExactDecimal> values)
    {
        var range = values.Max() - values.Min();
        return new Spread(range * range, ExactDecimal.One, ExactDecimal.One, $"a range of {range}", range.ToString());
    }

    /// <summary>The standard deviation of the population: √((n·Σx² − (Σx)²) ÷ n²).</summary>
    public static Spread Deviation(IReadOnlyList<ExactDecimal> values, int missing)
    {
        var count = ExactDecimal.From(values.Count);
        var sum = ExactDecimal.Sum(values);
        var square = (count * ExactDecimal.Sum(values.Select(v => v * v))) - (sum * sum);
        var shown = FixedPoint.Of(ExactDecimal.Quotient(square, count * count)).Root().ToExact(6).ToString();
        return new Spread(square, count * count, count * (count + ExactDecimal.From(missing)), $"a standard deviation of {shown}", shown);
    }

    /// <summary>Whether the present values alone lie below a threshold of 0 or more.</summary>
    public bool IsBelow(ExactDecimal threshold) => Square < threshold * threshold * Divisor;

    /// <summary>Whether the missing values could have brought it below.</summary>
    public bool MayBeBelow(ExactDecimal threshold) => Square < threshold * threshold * LeastDivisor;
}
