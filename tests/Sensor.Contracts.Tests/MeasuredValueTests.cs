using System.Globalization;
using System.Numerics;
using CsCheck;
using Sensor.Contracts.Tests.Wire;

namespace Sensor.Contracts.Tests;

public sealed class MeasuredValueTests
{
    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("0.00", 0, -2)]
    [InlineData("1.40", 140, -2)]
    [InlineData("-0.050", -50, -3)]
    [InlineData("-0", 0, 0)]
    [InlineData("007", 7, 0)]
    [InlineData("999999999999999", 999_999_999_999_999, 0)]
    [InlineData("-999.999999999999", -999_999_999_999_999, -12)]
    [InlineData("0.000000000001", 1, -12)]
    [InlineData("000000000000000000.5", 5, -1)]
    public void TryParse_PlainNumber_GivesItsDigits(string text, long mantissa, int exponent)
    {
        Assert.True(MeasuredValue.TryParse(text, out var value));
        Assert.Equal(new MeasuredValue(mantissa, exponent), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("+1")]
    [InlineData("--1")]
    [InlineData("1 ")]
    [InlineData(" 1")]
    [InlineData("1,5")]
    [InlineData("1e3")]
    [InlineData("1.2.3")]
    [InlineData("NaN")]
    [InlineData("٣")]
    [InlineData("1000000000000000")]
    [InlineData("0.0000000000001")]
    [InlineData("99999999999999999999999999999999999999")]
    [InlineData("0000000000000000000000000000000000001")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(MeasuredValue.TryParse(text, out _));

    [Fact]
    public void Parse_AnythingElse_SaysWhatIsAccepted() =>
        Assert.Contains("15 digits and 12 decimals", Assert.Throws<FormatException>(() => MeasuredValue.Parse("1e3")).Message, StringComparison.Ordinal);

    [Fact]
    public void ToString_AnyValue_ReadsBackAsTheSameDigits() => Some.AnyValue.Sample(
        value => MeasuredValue.Parse(value.ToString()) == value,
        iter: 50_000);

    [Fact]
    public void TryParse_RandomText_NeverThrows() => Gen.Char["0123456789.-+eE ,"].Array[0, 40].Sample(
        characters =>
        {
            var text = new string(characters);
            Assert.True(!MeasuredValue.TryParse(text, out var value) || decimal.Parse(text, CultureInfo.InvariantCulture) == decimal.Parse(value.ToString(), CultureInfo.InvariantCulture));
        },
        iter: 50_000);

    [Theory]
    [InlineData(1_000_000_000_000_000, 0)]
    [InlineData(-1_000_000_000_000_000, 0)]
    [InlineData(long.MinValue, 0)]
    [InlineData(1, 1)]
    [InlineData(1, -13)]
    public void Constructor_OutOfRange_Throws(long mantissa, int exponent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeasuredValue(mantissa, exponent));

    [Theory]
    [InlineData(8.12f, "8.12")]
    [InlineData(0.1f, "0.1")]
    [InlineData(100f, "100")]
    [InlineData(1e9f, "1000000000")]
    [InlineData(1.5e14f, "150000000000000")]
    [InlineData(1e-12f, "0.000000000001")]
    [InlineData(-17.5f, "-17.5")]
    [InlineData(0f, "0")]
    [InlineData(16777216f, "16777216")]
    public void TryFromSingle_Register_IsTheShortestDecimal(float register, string expected)
    {
        Assert.True(MeasuredValue.TryFromSingle(register, out var value));
        Assert.Equal(expected, value.ToString());
    }

    [Fact]
    public void TryFromSingle_NegativeZero_IsZero() => Assert.True(MeasuredValue.TryFromSingle(float.NegativeZero, out var value) && value == default);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.MaxValue)]
    [InlineData(float.Epsilon)]
    [InlineData(1e15f)]
    [InlineData(1.5e-12f)]
    public void TryFromSingle_NotANumberOrTooWide_IsRefused(float register) => Assert.False(MeasuredValue.TryFromSingle(register, out _));

    [Fact]
    public void TryFromSingle_AnyRegister_ReadsBackAsTheSameBitsAndNoShorterDecimalDoes()
    {
        var accepted = 0;
        Gen.OneOf(Gen.Int.Select(BitConverter.Int32BitsToSingle), Gen.Float[-100_000, 100_000]).Sample(
            register =>
            {
                if (!MeasuredValue.TryFromSingle(register, out var value) || register == 0)
                {
                    return;
                }

                Interlocked.Increment(ref accepted);
                Assert.Equal(BitConverter.SingleToInt32Bits(register), Bits(value.Mantissa, value.Exponent));
                foreach (var shorter in Shorter(value))
                {
                    Assert.NotEqual(BitConverter.SingleToInt32Bits(register), Bits(shorter, value.Exponent));
                }
            },
            iter: 50_000);
        Assert.True(accepted > 10_000, $"only {accepted} registers were accepted; the test proves too little");
    }

    /// <summary>The two neighbours with one significant digit less.</summary>
    private static IEnumerable<long> Shorter(MeasuredValue value)
    {
        var step = 10L;
        while (value.Mantissa % step == 0)
        {
            step *= 10;
        }

        var cut = value.Mantissa / step * step;
        return value.Mantissa == cut || Math.Abs(value.Mantissa) < 10 ? [] : [cut, cut + (Math.Sign(value.Mantissa) * step)];
    }

    private static int Bits(BigInteger mantissa, int exponent) =>
        BitConverter.SingleToInt32Bits(float.Parse($"{mantissa}E{exponent}", CultureInfo.InvariantCulture));
}
