using System.Numerics;

namespace Sensor.Compliance.Arithmetic;

/// <summary>The powers of ten, computed once.</summary>
internal static class PowersOfTen
{
    /// <summary>The largest power that 64 bits hold.</summary>
    public const int LargestInt64 = 18;

    /// <summary>The largest power that 128 bits hold.</summary>
    public const int LargestInt128 = 38;

    private static readonly BigInteger[] Known = [.. Enumerable.Range(0, 128).Select(n => BigInteger.Pow(10, n))];
    private static readonly Int128[] KnownInt128 = [.. Known.Take(LargestInt128 + 1).Select(power => (Int128)power)];
    private static readonly int[] KnownBits = [.. Known.Take(LargestInt128 + 1).Select(power => (int)power.GetBitLength())];

    /// <summary>10^<paramref name="power"/> for a power of 0 or more.</summary>
    public static BigInteger Of(int power) => power < Known.Length ? Known[power] : BigInteger.Pow(10, power);

    /// <summary>10^<paramref name="power"/> for a power of 0 to <see cref="LargestInt128"/>.</summary>
    public static Int128 Int128Of(int power) => KnownInt128[power];

    /// <summary>The bits of 10^<paramref name="power"/> for a power of 0 to <see cref="LargestInt128"/>.</summary>
    public static int BitsOf(int power) => KnownBits[power];
}
