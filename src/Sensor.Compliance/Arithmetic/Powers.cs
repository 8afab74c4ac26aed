using System.Numerics;

namespace Sensor.Compliance.Arithmetic;

/// <summary>
/// Powers, roots and logarithms of exact decimals, correctly rounded: each result is the true one, rounded once, half-even,
/// to <see cref="SignificantDigits"/> significant digits, on every processor.
/// </summary>
/// <remarks>
/// <para>
/// Whole-number arithmetic only. A result is computed with a proven error; while both ends of the error do not round to the same number
/// the work is repeated with twice the digits. That ends because results that are rational, the only ones that could
/// lie on a boundary, are recognised beforehand and computed exactly. docs/arithmetic.md specifies all of it.
/// </para>
/// <para>Results must lie between 10^−<see cref="LargestPowerOfTen"/> and 10^<see cref="LargestPowerOfTen"/>. Thread-safe.</para>
/// </remarks>
public static class Powers
{
    /// <summary>The significant digits of every result.</summary>
    public const int SignificantDigits = 20;

    /// <summary>The largest power of ten, either way, that a result may reach.</summary>
    public const int LargestPowerOfTen = 1000;

    /// <summary>Enough for nearly every result: a digit decides only about once in 10^8.</summary>
    internal const int FirstDecimals = 30;

    /// <summary>10 raised to <paramref name="exponent"/>; exact for a whole exponent.</summary>
    /// <exception cref="OverflowException">The result would pass the largest power of ten.</exception>
    public static ExactDecimal Pow10(ExactDecimal exponent)
    {
        if (exponent.Abs() > ExactDecimal.From(LargestPowerOfTen))
        {
            throw TooLarge();
        }

        var above = (int)exponent.Ceiling();
        var rest = exponent - ExactDecimal.From(above);
        return rest.Sign == 0
            ? Scaled(BigInteger.One, above)
            : Refine(decimals => Round(Series.Pow10(rest, decimals), above));
    }

    /// <summary>e raised to <paramref name="exponent"/>.</summary>
    /// <exception cref="OverflowException">The result would pass the largest power of ten.</exception>
    public static ExactDecimal Exp(ExactDecimal exponent) => exponent.Sign == 0
        ? ExactDecimal.One
        : Refine(decimals => RoundExp(Approximation.Of(exponent, decimals)));

    /// <summary>The natural logarithm.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is 0 or negative.</exception>
    public static ExactDecimal Ln(ExactDecimal number)
    {
        RequirePositive(number);
        return number == ExactDecimal.One ? ExactDecimal.Zero : Refine(decimals => Round(Series.Ln(number, decimals), 0));
    }

    /// <summary>The logarithm to base 10; exact for powers of ten.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is 0 or negative.</exception>
    public static ExactDecimal Log10(ExactDecimal number)
    {
        RequirePositive(number);
        var digits = Series.DigitsOf(number.Mantissa);
        return number.Mantissa == PowersOfTen.Of(digits - 1)
            ? ExactDecimal.From(digits - 1 - number.Scale)
            : Refine(decimals => Round(Series.Ln(number, decimals) / Series.Ln10(decimals), 0));
    }

    /// <summary>The root of order <paramref name="order"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or the order below 1.</exception>
    public static ExactDecimal Root(ExactDecimal number, int order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        if (number.Sign == 0)
        {
            return ExactDecimal.Zero;
        }

        return Power(number, BigInteger.One, order);
    }

    /// <summary><paramref name="number"/> raised to <paramref name="exponent"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is 0 or negative.</exception>
    /// <exception cref="OverflowException">The result would pass the largest power of ten.</exception>
    public static ExactDecimal Power(ExactDecimal number, ExactDecimal exponent)
    {
        var denominator = BigInteger.Pow(10, exponent.Scale);
        var common = BigInteger.GreatestCommonDivisor(exponent.Mantissa, denominator);
        return Power(number, exponent.Mantissa / common, denominator / common);
    }

    /// <summary>The number raised to the reduced fraction numerator ÷ denominator.</summary>
    private static ExactDecimal Power(ExactDecimal number, BigInteger numerator, BigInteger denominator)
    {
        RequirePositive(number);
        if (numerator.IsZero || number == ExactDecimal.One)
        {
            return ExactDecimal.One;
        }

        return RationalPower.TryExact(number, numerator, denominator, out var exact)
            ? exact
            : Refine(decimals => RoundExp(Series.Ln(number, decimals).Times(numerator).Over(denominator)));
    }

    private static ExactDecimal Refine(Func<int, ExactDecimal?> attempt)
    {
        for (var decimals = FirstDecimals; ; decimals *= 2)
        {
            if (attempt(decimals) is { } result)
            {
                return result;
            }
        }
    }

    /// <summary>The rounded exponential, or null when it is not known well enough.</summary>
    private static ExactDecimal? RoundExp(Approximation x)
    {
        if (x.Error >= x.Unit)
        {
            return null;
        }

        var ln10 = Series.Ln10(x.Decimals);
        var power = x.Value / ln10.Value;
        return BigInteger.Abs(power) < LargestPowerOfTen
            ? Round(Series.Exp(x + ln10.Times(-power)), (int)power)
            : throw TooLarge();
    }

    /// <summary>The number times a power of ten, rounded; null when the ends of its error round differently.</summary>
    private static ExactDecimal? Round(Approximation number, int power)
    {
        var (low, high) = (number.Value - number.Error, number.Value + number.Error);
        if (low.Sign * high.Sign <= 0)
        {
            return null;
        }

        var exponent = power - number.Decimals;
        var rounded = RoundSignificant(low, exponent);
        return rounded == RoundSignificant(high, exponent) ? rounded : null;
    }

    /// <summary>A whole number times a power of ten, rounded to the significant digits.</summary>
    internal static ExactDecimal RoundSignificant(BigInteger number, int exponent)
    {
        var excess = Series.DigitsOf(BigInteger.Abs(number)) - SignificantDigits;
        return excess <= 0
            ? Scaled(number, exponent)
            : Scaled(ExactDecimal.DivideHalfEven(number, PowersOfTen.Of(excess)), exponent + excess);
    }

    /// <summary>A whole number times a power of ten.</summary>
    internal static ExactDecimal Scaled(BigInteger number, int exponent)
    {
        var power = exponent + Series.DigitsOf(BigInteger.Abs(number)) - 1;
        if (power is > LargestPowerOfTen or < -LargestPowerOfTen)
        {
            throw TooLarge();
        }

        return exponent >= 0 ? new ExactDecimal(number * PowersOfTen.Of(exponent), 0) : new ExactDecimal(number, -exponent);
    }

    private static void RequirePositive(ExactDecimal number)
    {
        if (number.Sign <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, "Only a number above 0 has a logarithm, a root or a general power.");
        }
    }

    private static OverflowException TooLarge() => new($"The result would pass 10^{LargestPowerOfTen} or 10^-{LargestPowerOfTen}.");
}
