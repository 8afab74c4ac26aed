using CsCheck;
using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Tests.Arithmetic;

public sealed class ExactDecimalTests
{
    [Fact]
    public async Task SumsProductsQuotientsMeans_SeededRandomArguments_AgreeWithPythonsFractions()
    {
        var random = new Random(20210405);
        var cases = new List<(string Task, ExactDecimal Result)>();
        for (var i = 0; i < 200; i++)
        {
            var (a, b) = (Numbers.Between(random, 100_000, 9), Numbers.Between(random, 100_000, 9) + ExactDecimal.Parse("0.0000000001"));
            var many = Enumerable.Range(0, random.Next(1, 60)).Select(_ => Numbers.Between(random, 50, 12)).ToList();
            cases.Add(($"sum {string.Join(' ', many)}", ExactDecimal.Sum(many)));
            cases.Add(($"product {a} {b}", a * b));
            cases.Add(($"quotient {a} {b}", ExactDecimal.Quotient(a, b)));
            cases.Add(($"mean {string.Join(' ', many)}", ExactDecimal.Quotient(ExactDecimal.Sum(many), ExactDecimal.From(many.Count))));
            cases.Add(($"round {a} 3", a.RoundHalfEven(3)));
        }

        await PythonReference.AssertAgrees(cases);
    }

    [Fact]
    public async Task WeightedIndex_InTheSpecifiedOrderOfOperations_AgreesWithPythonsFractions()
    {
        var random = new Random(2020);
        var cases = new List<(string Task, ExactDecimal Result)>();
        for (var i = 0; i < 100; i++)
        {
            var k0 = Numbers.Positive(random, 2, 2);
            var task = $"index {k0}";
            var sum = ExactDecimal.Zero;
            for (var term = 0; term < 4; term++)
            {
                var (weight, baseline) = (Numbers.Positive(random, 2, 2), Numbers.Positive(random, 4, 3));
                var samples = Enumerable.Range(0, random.Next(1, 150)).Select(_ => Numbers.Positive(random, 6, 5)).ToList();
                task += $" {weight} {baseline} {samples.Count} {string.Join(' ', samples)}";
                var mean = ExactDecimal.Quotient(ExactDecimal.Sum(samples), ExactDecimal.From(samples.Count));
                sum += weight * ExactDecimal.Quotient(mean, baseline);
            }

            cases.Add((task, k0 * sum));
        }

        await PythonReference.AssertAgrees(cases);
    }

    [Theory]
    [InlineData("1", "3", "0.33333333333333333333")]
    [InlineData("2", "3", "0.66666666666666666667")]
    [InlineData("-2", "3", "-0.66666666666666666667")]
    [InlineData("2", "-3", "-0.66666666666666666667")]
    [InlineData("0.00000000000000000001", "2", "0")]
    [InlineData("0.00000000000000000003", "2", "0.00000000000000000002")]
    [InlineData("-0.00000000000000000001", "2", "0")]
    public void Quotient_AtItsLastDigit_IsRoundedHalfEven(string dividend, string divisor, string expected) =>
        Assert.Equal(expected, ExactDecimal.Quotient(ExactDecimal.Parse(dividend), ExactDecimal.Parse(divisor)).ToString());

    [Fact]
    public void Sum_OfShuffledValues_DoesNotDependOnTheirOrder() =>
        Gen.Select(Numbers.Measured.List[1, 60], Gen.Int).Sample((values, seed) =>
        {
            var shuffled = values.ToArray();
            new Random(seed).Shuffle(shuffled);
            return ExactDecimal.Sum(values) == ExactDecimal.Sum(shuffled);
        });

    [Fact]
    public void SumThenProduct_OfAnyValues_IsDistributive() => Gen.Select(Numbers.Measured, Numbers.Measured, Numbers.Measured)
        .Sample((a, b, c) => (a + b) * c == (a * c) + (b * c) && a + b - b == a);

    [Fact]
    public void ToString_OfAnyValue_ReadsBackAsTheSame() =>
        Numbers.Measured.Sample(value => ExactDecimal.Parse(value.ToString()) == value && ExactDecimal.Parse(value.ToString(15)) == value);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("+5")]
    [InlineData("1e3")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData(" 1")]
    [InlineData("٣")]
    public void TryParse_OfAnotherNotation_IsRefused(string text) => Assert.False(ExactDecimal.TryParse(text, out _));
}
