using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Tests.Arithmetic;

public sealed class PowersTests
{
    [Fact]
    public async Task EachFunction_SeededRandomArguments_AgreesWithPython()
    {
        var random = new Random(20200508);
        var cases = new List<(string Task, ExactDecimal Result)>();
        for (var i = 0; i < 150; i++)
        {
            var number = Numbers.Positive(random, 30, 30);
            var exponent = Numbers.Between(random, 900, 12);
            cases.Add(($"pow10 {exponent}", Powers.Pow10(exponent)));
            cases.Add(($"exp {exponent}", Powers.Exp(exponent)));
            cases.Add(($"ln {number}", Powers.Ln(number)));
            cases.Add(($"log10 {number}", Powers.Log10(number)));
            var order = random.Next(2, 40);
            cases.Add(($"root {number} {order}", Powers.Root(number, order)));
            var power = Numbers.Between(random, 30, 6) + ExactDecimal.Parse("0.0000001");
            cases.Add(($"power {number} {power}", Powers.Power(number, power)));
        }

        await PythonReference.AssertAgrees(cases);
    }

    [Theory]
    [InlineData("1.00000000000000000001")]
    [InlineData("0.99999999999999999999")]
    [InlineData("1.000000000000000000000000000000000000001")]
    [InlineData("9.999999999999999999999999999999")]
    [InlineData("10.000000000000000000000000000001")]
    [InlineData("0.3")]
    [InlineData("3")]
    [InlineData("2.9999999999999999")]
    public async Task Logarithms_NearWhereTheyVanishOrChangeMethod_AgreeWithPython(string text)
    {
        var number = ExactDecimal.Parse(text);
        await PythonReference.AssertAgrees([($"ln {text}", Powers.Ln(number)), ($"log10 {text}", Powers.Log10(number))]);
    }

    [Theory]
    [InlineData("0.000000000000000000000000000001")]
    [InlineData("-0.000000000000000000000000000001")]
    [InlineData("0.00000000000000000001")]
    [InlineData("0.999999999999999999999999")]
    [InlineData("-7.08")]
    [InlineData("0.5")]
    public async Task Exponentials_NearWhereTheyAreSimple_AgreeWithPython(string text)
    {
        var exponent = ExactDecimal.Parse(text);
        await PythonReference.AssertAgrees([($"exp {text}", Powers.Exp(exponent)), ($"pow10 {text}", Powers.Pow10(exponent))]);
    }

    [Fact]
    public async Task RootsAndPowers_OfPerfectPowers_AreRoundedFromTheExactResult()
    {
        var random = new Random(7);
        var cases = new List<(string Task, ExactDecimal Result)>();
        for (var i = 0; i < 100; i++)
        {
            var root = Numbers.Positive(random, 26, 10);
            var order = random.Next(2, 7);
            var number = Enumerable.Repeat(root, order).Aggregate(ExactDecimal.One, (product, factor) => product * factor);
            cases.Add(($"exactroot {number} {order}", Powers.Root(number, order)));
            var exponent = random.Next(-80, 80);
            var small = Numbers.Positive(random, 4, 3);
            cases.Add(($"exactpower {small} {exponent}", Powers.Power(small, ExactDecimal.From(exponent))));
        }

        await PythonReference.AssertAgrees(cases);
    }

    [Theory]
    [InlineData("0", "1")]
    [InlineData("3", "1000")]
    [InlineData("-3", "0.001")]
    [InlineData("-7.5", "0.000000031622776601683793320")]
    public void Pow10_OfKnownExponents_IsExactOrRoundedOnce(string exponent, string expected) =>
        Assert.Equal(ExactDecimal.Parse(expected), Powers.Pow10(ExactDecimal.Parse(exponent)));

    [Theory]
    [InlineData("1", "0")]
    [InlineData("1000", "3")]
    [InlineData("0.00001", "-5")]
    public void Log10_OfAPowerOfTen_IsExact(string number, string expected) =>
        Assert.Equal(ExactDecimal.Parse(expected), Powers.Log10(ExactDecimal.Parse(number)));

    [Theory]
    [InlineData("2", "0.5", "1.4142135623730950488")]
    [InlineData("0.04", "0.5", "0.2")]
    [InlineData("0.04", "-0.5", "5")]
    [InlineData("32", "0.2", "2")]
    [InlineData("1000000", "-0.5", "0.001")]
    [InlineData("10", "1000", null)]
    [InlineData("1.5", "0", "1")]
    [InlineData("1", "123456.789", "1")]
    public void Power_OfKnownArguments_IsExactOrRoundedOnce(string number, string exponent, string? expected) =>
        Assert.Equal(
            expected is null ? Powers.Pow10(ExactDecimal.From(1000)) : ExactDecimal.Parse(expected),
            Powers.Power(ExactDecimal.Parse(number), ExactDecimal.Parse(exponent)));

    [Fact]
    public void Root_ExactlyBetweenTwoResults_GoesToTheEvenOne()
    {
        var tie = ExactDecimal.Parse("1.00000000000000000005");
        var above = ExactDecimal.Parse("1.00000000000000000015");

        Assert.Equal(ExactDecimal.One, Powers.Root(tie * tie, 2));
        Assert.Equal(ExactDecimal.Parse("1.0000000000000000002"), Powers.Root(above * above, 2));
    }

    [Fact]
    public void Power_OfAnEnormousExponentOnANumberNearOne_IsStillRight() => Assert.Equal(
        Powers.Exp(ExactDecimal.One),
        Powers.Power(ExactDecimal.One + new ExactDecimal(1, 100), new ExactDecimal(System.Numerics.BigInteger.Pow(10, 100), 0)));

    [Fact]
    public void Root_OfZero_IsZero() => Assert.Equal(ExactDecimal.Zero, Powers.Root(ExactDecimal.Zero, 3));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public void EachFunction_OutsideItsDomain_SaysSo(string text)
    {
        var number = ExactDecimal.Parse(text);
        Assert.Contains("above 0", Assert.Throws<ArgumentOutOfRangeException>(() => Powers.Ln(number)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Powers.Log10(number));
        Assert.Throws<ArgumentOutOfRangeException>(() => Powers.Power(number, ExactDecimal.One));
        Assert.Throws<ArgumentOutOfRangeException>(() => Powers.Root(number - ExactDecimal.One, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Powers.Root(ExactDecimal.One, 0));
    }

    [Fact]
    public void EachFunction_WhoseResultWouldBeTooLarge_SaysSo()
    {
        Assert.Contains("10^1000", Assert.Throws<OverflowException>(() => Powers.Pow10(ExactDecimal.Parse("1000.1"))).Message, StringComparison.Ordinal);
        Assert.Throws<OverflowException>(() => Powers.Exp(ExactDecimal.From(10_000)));
        Assert.Throws<OverflowException>(() => Powers.Exp(-ExactDecimal.From(10_000)));
        Assert.Throws<OverflowException>(() => Powers.Power(ExactDecimal.From(100), ExactDecimal.From(501)));
        Assert.Throws<OverflowException>(() => Powers.Power(ExactDecimal.From(7), ExactDecimal.From(1_000_000)));
    }
}
