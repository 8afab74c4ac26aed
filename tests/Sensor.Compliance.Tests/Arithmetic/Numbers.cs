using System.Numerics;
using CsCheck;
using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Tests.Arithmetic;

/// <summary>Decimals for tests: random ones, and generators for properties.</summary>
internal static class Numbers
{
    /// <summary>Decimals as instruments give them, either sign, up to 15 digits and 12 decimals.</summary>
    public static Gen<ExactDecimal> Measured { get; } =
        Gen.Select(Gen.Long[-999_999_999_999_999, 999_999_999_999_999], Gen.Int[0, 12]).Select((mantissa, scale) => new ExactDecimal(mantissa, scale));

    /// <summary>pH values of two decimals.</summary>
    public static Gen<ExactDecimal> PH { get; } = Gen.Int[100, 1400].Select(hundredths => new ExactDecimal(hundredths, 2));

    /// <summary>A random decimal above 0 of some digits and decimals.</summary>
    public static ExactDecimal Positive(Random random, int mostDigits, int mostDecimals)
    {
        var digits = random.Next(1, mostDigits + 1);
        var mantissa = BigInteger.Zero;
        for (var i = 0; i < digits; i++)
        {
            mantissa = (mantissa * 10) + random.Next(0, 10);
        }

        return new ExactDecimal(mantissa + 1, random.Next(0, mostDecimals + 1));
    }

    /// <summary>A random decimal of either sign between −<paramref name="bound"/> and <paramref name="bound"/>.</summary>
    public static ExactDecimal Between(Random random, int bound, int mostDecimals)
    {
        var scale = random.Next(0, mostDecimals + 1);
        var most = (long)bound * (long)BigInteger.Pow(10, scale);
        return new ExactDecimal(random.NextInt64(-most, most + 1), scale);
    }
}
