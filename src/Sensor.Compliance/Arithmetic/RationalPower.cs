using System.Numerics;

namespace Sensor.Compliance.Arithmetic;

/// <summary>The powers whose result is a decimal of few digits, which no refinement of an irrational approximation could settle.</summary>
internal static class RationalPower
{
    /// <summary>
    /// The largest exponent of a root that can still give a result of 21 digits or fewer, the digits that decide a rounding:
    /// 2^70 has 22 digits, and 1 ÷ 5^n has as many as 2^n.
    /// </summary>
    private const int LargestExponent = 70;

    /// <summary>
    /// Raises <paramref name="number"/>, above 0 and not 1, to the reduced fraction numerator ÷ denominator
    /// if its root of that denominator is a decimal and the result can be one of few digits.
    /// </summary>
    public static bool TryExact(ExactDecimal number, BigInteger numerator, BigInteger denominator, out ExactDecimal result)
    {
        result = default;
        if (BigInteger.Abs(numerator) > Powers.LargestPowerOfTen || TryRoot(number, denominator) is not { } root)
        {
            return false;
        }

        var exponent = (int)BigInteger.Abs(numerator);
        var isPowerOfTen = BigInteger.Pow(10, Series.DigitsOf(root.Mantissa) - 1) == root.Mantissa;
        if (exponent > LargestExponent && !isPowerOfTen)
        {
            return false;
        }

        var mantissa = BigInteger.Pow(root.Mantissa, exponent);
        var scale = root.Scale * exponent;
        result = numerator.Sign > 0
            ? Powers.RoundSignificant(mantissa, -scale)
            : Inverse(mantissa, scale);
        return true;
    }

    /// <summary>The decimal whose power of <paramref name="order"/> is the number, or null when there is none.</summary>
    private static ExactDecimal? TryRoot(ExactDecimal number, BigInteger order)
    {
        // A decimal of t decimals, written shortest, has a power of exactly t · order decimals.
        if (order > int.MaxValue || number.Scale % (int)order != 0)
        {
            return null;
        }

        var root = WholeRoot(number.Mantissa, (int)order);
        return BigInteger.Pow(root, (int)order) == number.Mantissa ? new ExactDecimal(root, number.Scale / (int)order) : null;
    }

    /// <summary>The largest whole number whose power of <paramref name="order"/> does not pass the number.</summary>
    private static BigInteger WholeRoot(BigInteger number, int order)
    {
        var bits = number.GetBitLength();
        if (order >= bits)
        {
            return BigInteger.One;
        }

        // Newton's iteration from above falls until it has arrived.
        var root = BigInteger.One << (int)((bits / order) + 1);
        while (true)
        {
            var next = (((order - 1) * root) + (number / BigInteger.Pow(root, order - 1))) / order;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }

    /// <summary>10^scale ÷ mantissa, rounded half-even to the significant digits.</summary>
    private static ExactDecimal Inverse(BigInteger mantissa, int scale)
    {
        // With so many decimals the quotient has the significant digits exactly.
        var shift = Powers.SignificantDigits + Series.DigitsOf(mantissa) - 1;
        return Powers.Scaled(ExactDecimal.DivideHalfEven(BigInteger.Pow(10, shift), mantissa), scale - shift);
    }
}
