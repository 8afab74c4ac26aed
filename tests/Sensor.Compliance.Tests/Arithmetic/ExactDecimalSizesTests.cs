using System.Numerics;
using CsCheck;
using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Tests.Arithmetic;

/// <summary>
/// ExactDecimal computes on 64, 128 or any number of bits as the digits ask for. Here every operation is compared with the same one on
/// whole numbers of any length alone, at all sizes and around the borders between them.
/// </summary>
public sealed class ExactDecimalSizesTests
{
    private static readonly BigInteger[] Borders =
        [0, 1, 5, 10, long.MaxValue, (BigInteger)long.MaxValue + 1, BigInteger.Pow(10, 18), BigInteger.Pow(10, 19), BigInteger.One << 125, (BigInteger)Int128.MaxValue, (BigInteger)Int128.MaxValue + 1, BigInteger.Pow(10, 38)];

    private static readonly Gen<BigInteger> AnyMantissa = Gen.OneOf(
        Gen.Long.Select(m => (BigInteger)m),
        Gen.Int[-100_000, 100_000].Select(m => (BigInteger)m),
        Gen.Byte.Array[0, 40].Select(bytes => new BigInteger(bytes)),
        Gen.Select(Gen.OneOfConst(Borders), Gen.Int[-2, 2], Gen.Bool).Select((border, near, negative) => negative ? -border + near : border + near),
        Gen.Select(Gen.Int[-99, 99], Gen.Int[0, 60]).Select((digit, zeros) => digit * BigInteger.Pow(10, zeros)));

    private static readonly Gen<Plain> Any = Gen.Select(AnyMantissa, Gen.OneOf(Gen.Int[0, 14], Gen.Int[0, 60], Gen.Int[0, 400])).Select((m, scale) => new Plain(m, scale));

    [Fact]
    public void Sum_OfAnyNumbers_EqualsTheSumOfWholeNumbers() => Any.Array[0, 40].Sample(
        numbers =>
        {
            var scale = numbers.Select(n => n.Scale).Append(0).Max();
            var expected = new ExactDecimal(numbers.Aggregate(BigInteger.Zero, (sum, n) => sum + n.At(scale)), scale);
            ExactDecimal[] values = [.. numbers.Select(n => n.Exact)];
            return ExactDecimal.Sum(values) == expected && ExactDecimal.Sum(values.ToList()) == expected && ExactDecimal.Sum(values.Select(v => v)) == expected
                && values.Aggregate(ExactDecimal.Zero, (sum, v) => sum + v) == expected;
        },
        iter: 2_000);

    [Fact]
    public void Sum_OfManyGreatest64BitNumbers_DoesNotOverflow()
    {
        var values = Enumerable.Repeat(new ExactDecimal(long.MaxValue, 3), 1_000).Concat(Enumerable.Repeat(new ExactDecimal(long.MinValue, 3), 500)).ToArray();

        Assert.Equal(new ExactDecimal(((BigInteger)long.MaxValue * 1_000) + ((BigInteger)long.MinValue * 500), 3), ExactDecimal.Sum(values));
    }

    [Fact]
    public void SumsProductsComparisons_OfAnyNumbers_EqualThoseOfWholeNumbers() => Gen.Select(Any, Any).Sample(
        (a, b) =>
        {
            var scale = int.Max(a.Scale, b.Scale);
            return a.Exact + b.Exact == new ExactDecimal(a.At(scale) + b.At(scale), scale)
                && a.Exact - b.Exact == new ExactDecimal(a.At(scale) - b.At(scale), scale)
                && a.Exact * b.Exact == new ExactDecimal(a.Mantissa * b.Mantissa, a.Scale + b.Scale)
                && int.Sign(a.Exact.CompareTo(b.Exact)) == a.At(scale).CompareTo(b.At(scale))
                && a.Exact.Equals(b.Exact) == (a.At(scale) == b.At(scale))
                && a.Exact.Sign == a.Mantissa.Sign;
        },
        iter: 20_000);

    [Fact]
    public void Quotient_OfAnyNumbers_IsTheWholeNumberNearestToTheTrueOne() => Gen.Select(Any, Any).Where((_, b) => !b.Mantissa.IsZero).Sample(
        (a, b) =>
        {
            var (numerator, denominator) = (a.Mantissa * BigInteger.Pow(10, b.Scale + ExactDecimal.QuotientDecimals), b.Mantissa * BigInteger.Pow(10, a.Scale));
            var rounded = ExactDecimal.Quotient(a.Exact, b.Exact);
            var twiceOff = BigInteger.Abs(((new Plain(rounded.Mantissa, rounded.Scale).At(ExactDecimal.QuotientDecimals) * denominator) - numerator) * 2);
            var tie = twiceOff == BigInteger.Abs(denominator);
            return twiceOff < BigInteger.Abs(denominator) || (tie && new Plain(rounded.Mantissa, rounded.Scale).At(ExactDecimal.QuotientDecimals).IsEven);
        },
        iter: 20_000);

    [Fact]
    public void Number_HoweverMade_HasOneForm() => Gen.Select(Any, Gen.Int[0, 30]).Sample(
        (a, zeros) =>
        {
            var (plain, padded) = (a.Exact, new ExactDecimal(a.Mantissa * BigInteger.Pow(10, zeros), a.Scale + zeros));
            return plain == padded && plain.GetHashCode() == padded.GetHashCode() && plain.ToString() == padded.ToString()
                && plain.Mantissa == padded.Mantissa && (plain.Scale == 0 || !(plain.Mantissa % 10).IsZero) && -(-plain) == plain;
        },
        iter: 5_000);

    /// <summary>A number as two whole ones, without ExactDecimal's arithmetic.</summary>
    private sealed record Plain(BigInteger Mantissa, int Scale)
    {
        public ExactDecimal Exact => new(Mantissa, Scale);

        public BigInteger At(int scale) => Mantissa * BigInteger.Pow(10, scale - Scale);
    }
}
