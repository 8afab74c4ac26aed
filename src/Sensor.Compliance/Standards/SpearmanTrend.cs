using System.Numerics;
using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>
/// The trend of a quantity over many periods by Spearman's rank correlation with time: r = 1 − 6 Σd² ÷ (N³ − N), significant where |r|
/// is greater than the critical value. Source: 环办〔2011〕22号, 多时段的变化趋势评价.
/// </summary>
/// <remarks>
/// Whether the critical value is passed is decided on whole numbers, where the correlation of ranks is a root by comparing squares.
/// The trend is that of the numbers: a rising concentration is a change for the worse, rising oxygen or a rising share of classes I–III for the better.
/// Equal values throughout have no trend, whatever the formula gives.
/// </remarks>
/// <param name="Periods">The number of periods, N.</param>
/// <param name="Direction">−1 where the quantity falls, 1 where it rises, 0 where it does neither; says nothing of significance.</param>
/// <param name="Coefficient">r, rounded to 20 decimals or digits; for print and not for decisions.</param>
/// <param name="SignificantAtFivePercent">Whether |r| passes the critical value of 0.05; null with fewer than five periods.</param>
/// <param name="SignificantAtOnePercent">Whether |r| passes the critical value of 0.01; null with fewer than five periods, never true with five.</param>
public sealed record SpearmanTrend(int Periods, int Direction, ExactDecimal Coefficient, bool? SignificantAtFivePercent, bool? SignificantAtOnePercent)
{
    /// <summary>The trend of some values.</summary>
    /// <param name="values">One value for each period, first period first; at least two.</param>
    /// <param name="ties">What becomes of equal values.</param>
    /// <exception cref="ArgumentException">There are fewer than two values.</exception>
    public static SpearmanTrend Of(IReadOnlyList<ExactDecimal> values, SpearmanTies ties)
    {
        if (values.Count < 2)
        {
            throw new ArgumentException("A trend needs at least two periods.", nameof(values));
        }

        // r = numerator ÷ (2 √(time · ranks)); each is 12 times a sum of squares about its mean.
        var time = BigInteger.Pow(values.Count, 3) - values.Count;
        var equal = values.CountBy(v => v).Aggregate(BigInteger.Zero, (sum, tie) => sum + BigInteger.Pow(tie.Value, 3) - tie.Value);
        var ranks = ties == SpearmanTies.PlainFormula ? time : time - equal;
        var numerator = equal == time ? BigInteger.Zero : time + ranks - (3 * FourfoldSquares(values));
        return new SpearmanTrend(
            values.Count,
            numerator.Sign,
            Rounded(numerator, time, ranks),
            Passes(SignificanceLevel.FivePercent),
            Passes(SignificanceLevel.OnePercent));

        bool? Passes(SignificanceLevel level) => SpearmanCriticalValues.Of(values.Count, level) is { } critical
            ? Whole(numerator * numerator) > critical * critical * Whole(4 * time * ranks)
            : null;
    }

    /// <summary>4 Σd², whole even where equal values share a rank that ends in a half.</summary>
    private static BigInteger FourfoldSquares(IReadOnlyList<ExactDecimal> values)
    {
        var sum = BigInteger.Zero;
        for (var i = 0; i < values.Count; i++)
        {
            var twiceRank = (2 * values.Count(v => v < values[i])) + values.Count(v => v == values[i]) + 1;
            sum += BigInteger.Pow(twiceRank - (2 * (i + 1)), 2);
        }

        return sum;
    }

    private static ExactDecimal Rounded(BigInteger numerator, BigInteger time, BigInteger ranks)
    {
        if (time == ranks || numerator.IsZero)
        {
            return ExactDecimal.Quotient(Whole(numerator), Whole(2 * time));
        }

        var root = Powers.Root(ExactDecimal.Quotient(Whole(numerator * numerator), Whole(4 * time * ranks)), 2);
        return numerator.Sign < 0 ? -root : root;
    }

    private static ExactDecimal Whole(BigInteger number) => new(number, 0);
}
