using System.Numerics;
using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>
/// The change of a river or basin between two periods by shares: ΔG − ΔD, the change of the share of classes I–III less that of the share
/// worse than V, in percentage points. Above 0 is better; up to 10 no clear change, up to 20 some, beyond that a clear one.
/// Source: 环办〔2011〕22号, 水质变化, 按组合类别比例法评价.
/// </summary>
/// <remarks>
/// Exactly 10 is no clear change and exactly 20 some change. The shares are compared as fractions, not as printed percentages:
/// the document does not say, and rounding first could move a river across a border. Sections should be much the same in both periods;
/// that is for the caller to see to.
/// </remarks>
public static class RiverChange
{
    /// <summary>The change between two periods.</summary>
    public static QualityChange Between(ClassShares before, ClassShares after)
    {
        var (difference, unit) = Fraction(before, after);
        var size = BigInteger.Abs(difference) * 100;
        var degree = size <= 10 * unit ? 0 : size <= 20 * unit ? 1 : 2;
        return (QualityChange)(difference.Sign * degree);
    }

    /// <summary>ΔG − ΔD in percentage points; rounded only at 20 decimals, so for print and not for decisions.</summary>
    public static ExactDecimal Points(ClassShares before, ClassShares after)
    {
        var (difference, unit) = Fraction(before, after);
        return ExactDecimal.Quotient(new ExactDecimal(difference * 100, 0), new ExactDecimal(unit, 0));
    }

    private static (BigInteger Difference, BigInteger Unit) Fraction(ClassShares before, ClassShares after)
    {
        var (first, second) = ((BigInteger)(before.AtLeastIII - before.WorseThanV), (BigInteger)(after.AtLeastIII - after.WorseThanV));
        return ((second * before.Total) - (first * after.Total), (BigInteger)before.Total * after.Total);
    }
}
