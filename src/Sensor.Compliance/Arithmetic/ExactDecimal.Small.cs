using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sensor.Compliance.Arithmetic;

/// <content>The same operations on 64 and 128 bits, for the numbers that fit; measured values and their means do.</content>
public readonly partial struct ExactDecimal
{
    /// <summary>Bits of the numbers that are computed with on 128: their sums and their doubles still fit.</summary>
    private const int SafeBits = 125;

    /// <summary>The number <c>mantissa ÷ 10^scale</c>; trailing zeros are removed.</summary>
    internal ExactDecimal(long mantissa, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        while (scale > 0 && mantissa % 10 == 0)
        {
            (mantissa, scale) = (mantissa / 10, scale - 1);
        }

        (_small, _scale) = (mantissa, scale);
    }

    private ExactDecimal(StrongBox<BigInteger> mantissa, int scale)
    {
        (_large, _scale) = (mantissa, scale);
    }

    /// <summary>The number <c>mantissa ÷ 10^scale</c>; trailing zeros are removed.</summary>
    internal ExactDecimal(Int128 mantissa, int scale)
    {
        while (scale > 0 && !FitsInt64(mantissa) && Int128.IsEvenInteger(mantissa))
        {
            var (quotient, rest) = Int128.DivRem(mantissa, 10);
            if (rest != 0)
            {
                break;
            }

            (mantissa, scale) = (quotient, scale - 1);
        }

        this = FitsInt64(mantissa) ? new ExactDecimal((long)mantissa, scale) : new ExactDecimal(new StrongBox<BigInteger>(mantissa), scale);
    }

    /// <summary>The mantissa, if 64 bits hold it.</summary>
    internal bool TryGetInt64(out long mantissa)
    {
        mantissa = _small;
        return _large is null;
    }

    /// <summary>The mantissa with so many zeros appended, if <see cref="SafeBits"/> bits hold it.</summary>
    private bool TryScale(int zeros, out Int128 scaled)
    {
        scaled = 0;
        var bits = _large is null ? 64 - (int)long.LeadingZeroCount(_small < 0 ? ~_small : _small) : _large.Value.GetBitLength();
        if (zeros > PowersOfTen.LargestInt128 || bits + PowersOfTen.BitsOf(zeros) > SafeBits)
        {
            return false;
        }

        scaled = (_large is null ? _small : (Int128)_large.Value) * PowersOfTen.Int128Of(zeros);
        return true;
    }

    /// <inheritdoc cref="DivideHalfEven(BigInteger, BigInteger)"/>
    private static Int128 DivideHalfEven(Int128 numerator, Int128 denominator)
    {
        if (denominator < 0)
        {
            (numerator, denominator) = (-numerator, -denominator);
        }

        var (floor, rest) = Int128.DivRem(numerator, denominator);
        if (rest < 0)
        {
            (floor, rest) = (floor - 1, rest + denominator);
        }

        var comparison = (rest * 2).CompareTo(denominator);
        return comparison > 0 || (comparison == 0 && !Int128.IsEvenInteger(floor)) ? floor + 1 : floor;
    }

    private static bool FitsInt64(BigInteger number) => number >= long.MinValue && number <= long.MaxValue;

    private static bool FitsInt64(Int128 number) => number >= long.MinValue && number <= long.MaxValue;
}
