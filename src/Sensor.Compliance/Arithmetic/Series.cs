using System.Numerics;

namespace Sensor.Compliance.Arithmetic;

/// <summary>The power series behind <see cref="Powers"/>, on numbers with a proven error.</summary>
internal static class Series
{
    /// <summary>The parts of 1 at which logarithms are kept.</summary>
    private const int Steps = 128;

    /// <summary>The place from which powers of 10 are kept, behind the logarithms of steps up to 3.</summary>
    private const int FirstPower = 512;

    /// <summary>The exponential of a number between −2.5 and 2.5, at 20 decimals or more.</summary>
    public static Approximation Exp(Approximation x)
    {
        var term = new Approximation(x.Unit, BigInteger.Zero, x.Decimals);
        var sum = term;
        for (var n = 1; !term.Value.IsZero; n++)
        {
            term = (term * x).Over(n);
            sum += term;
        }

        // From here on each term is less than half the one before, so what is left out is less than the last one can be.
        return sum with { Error = sum.Error + term.Error };
    }

    /// <summary>10 raised to a number above −1 and below 0.</summary>
    public static Approximation Pow10(ExactDecimal x, int decimals)
    {
        // 10^x = 10^(−hundredths ÷ 100) · e^((x + hundredths ÷ 100) · ln 10), where the second is so near 1 that few terms are left.
        var hundredths = -(int)(x * ExactDecimal.From(100)).Ceiling();
        var rest = x + new ExactDecimal(hundredths, 2);
        return Pow10OfStep(hundredths, decimals) * Exp(Approximation.Of(rest, decimals) * Ln10(decimals));
    }

    /// <summary>The natural logarithm of a number above 0.</summary>
    public static Approximation Ln(ExactDecimal x, int decimals)
    {
        // x = m · 10^power with m = numerator ÷ denominator between 0.3 and 3.
        var digits = DigitsOf(x.Mantissa);
        var small = x.Mantissa < 3 * PowersOfTen.Of(digits - 1);
        var power = digits - x.Scale - (small ? 1 : 0);
        var ln = Ln(x.Mantissa, PowersOfTen.Of(small ? digits - 1 : digits), decimals);
        return power == 0 ? ln : ln + Ln10(decimals).Times(power);
    }

    /// <summary>The natural logarithm of 10.</summary>
    public static Approximation Ln10(int decimals) => Constants.Get(
        decimals,
        0,
        () => Artanh(Approximation.Ratio(1, 31, decimals)).Times(46)
            + Artanh(Approximation.Ratio(1, 49, decimals)).Times(34)
            + Artanh(Approximation.Ratio(1, 161, decimals)).Times(20));

    /// <summary>The number of decimal digits of a whole number of 0 or more.</summary>
    public static int DigitsOf(BigInteger number)
    {
        // log10 of 2, cut: too few digits are counted up, too many would stay.
        var digits = int.Max((int)((number.GetBitLength() - 1) * 30102 / 100_000), 0) + 1;
        while (number >= PowersOfTen.Of(digits))
        {
            digits++;
        }

        return digits;
    }

    /// <summary>The natural logarithm of numerator ÷ denominator, which lies between 0.3 and 3.</summary>
    private static Approximation Ln(BigInteger numerator, BigInteger denominator, int decimals)
    {
        // ln m = ln c + 2 artanh((m − c) ÷ (m + c)), where c = near ÷ Steps is so near m that few terms are left.
        var near = (int)(((numerator * Steps * 2) + denominator) / (denominator * 2));
        var (scaled, center) = (numerator * Steps, denominator * near);
        return LnOfStep(near, decimals) + Artanh(Approximation.Ratio(scaled - center, scaled + center, decimals)).Times(2);
    }

    /// <summary>10^(−hundredths ÷ 100).</summary>
    private static Approximation Pow10OfStep(int hundredths, int decimals) => Constants.Get(
        decimals, FirstPower + hundredths, () => Exp(Approximation.Ratio(-hundredths, 100, decimals) * Ln10(decimals)));

    /// <summary>The natural logarithm of step ÷ <see cref="Steps"/>.</summary>
    private static Approximation LnOfStep(int step, int decimals) => Constants.Get(
        decimals, step, () => Artanh(Approximation.Ratio(step - Steps, step + Steps, decimals)).Times(2));

    /// <summary>The inverse hyperbolic tangent of a number between −0.6 and 0.6.</summary>
    private static Approximation Artanh(Approximation z)
    {
        var square = z * z;
        var power = z;
        var sum = z;
        for (var n = 3; !power.Value.IsZero; n += 2)
        {
            power *= square;
            sum += power.Over(n);
        }

        // The powers left out shrink by z² < 0.4 each, so together they stay below what the last one can be.
        return sum with { Error = sum.Error + power.Error };
    }
}
