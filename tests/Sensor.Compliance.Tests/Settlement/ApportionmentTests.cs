using CsCheck;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Settlement;

namespace Sensor.Compliance.Tests.Settlement;

public sealed class ApportionmentTests
{
    private static readonly Gen<ExactDecimal> Amount = Gen.Select(Gen.Long[0, 999_999_999_999], Gen.Int[0, 4], (mantissa, scale) => new ExactDecimal(mantissa, scale));
    private static readonly Gen<ExactDecimal> Proportion = Gen.Select(Gen.Long[0, 1000], Gen.Int[0, 2], (mantissa, scale) => new ExactDecimal(mantissa, scale));

    [Theory]
    [InlineData("200000000", "1 5 4", "20000000 100000000 80000000")]
    [InlineData("200000000", "3 4 3", "60000000 80000000 60000000")]
    [InlineData("100", "1 1 1", "33.34 33.33 33.33")]
    [InlineData("0.01", "1 1", "0.01 0")]
    [InlineData("10", "0 1", "0 10")]
    [InlineData("1", "0.5 0.25 0.25", "0.5 0.25 0.25")]
    public void Of_KnownProportions_GivesTheParts(string amount, string shares, string parts) =>
        Assert.Equal(Numbers(parts), Apportionment.Of(ExactDecimal.Parse(amount), Numbers(shares), 2));

    [Fact]
    public void Of_AnyAmountAndShares_AddsUpAndDiffersFromTheExactPartByLessThanAUnit() =>
        Gen.Select(Amount, Proportion.Array[1, 7]).Where((_, shares) => shares.Any(s => s.Sign > 0)).Sample((amount, shares) =>
        {
            var parts = Apportionment.Of(amount, shares, 2);
            var total = ExactDecimal.Sum(shares);
            Assert.Equal(amount, ExactDecimal.Sum(parts));
            Assert.All(parts.Zip(shares), p => Assert.True(((p.First * total) - (amount * p.Second)).Abs() < total * new ExactDecimal(1, 2)));
        });

    [Theory]
    [InlineData("-1", "1")]
    [InlineData("1", "0 0")]
    [InlineData("1", "2 -1")]
    public void Of_NothingToDivideBy_Throws(string amount, string shares) =>
        Assert.Throws<ArgumentException>(() => Apportionment.Of(ExactDecimal.Parse(amount), Numbers(shares), 2));

    private static IReadOnlyList<ExactDecimal> Numbers(string text) => [.. text.Split(' ').Select(ExactDecimal.Parse)];
}
