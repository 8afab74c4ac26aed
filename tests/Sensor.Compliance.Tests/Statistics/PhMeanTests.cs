using CsCheck;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Statistics;
using Sensor.Compliance.Tests.Arithmetic;

namespace Sensor.Compliance.Tests.Statistics;

public sealed class PhMeanTests
{
    [Fact]
    public void Of_ThePublishedVector_IsThePublishedMean()
    {
        var values = new[] { "6.5", "7.9", "8.8", "9", "6.78", "8.87" }.Select(ExactDecimal.Parse).ToList();

        Assert.Equal("7.08", PhMean.Of(values).RoundHalfEven(2).ToString());
    }

    [Fact]
    public async Task Of_SeededRandomValues_AgreesWithPython()
    {
        var random = new Random(708);
        var sets = Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, random.Next(1, 40)).Select(_ => new ExactDecimal(random.Next(300, 1100), 2)).ToList()).ToList();

        var expected = await PythonReference.Of([.. sets.Select(set => $"phmean {string.Join(' ', set)}")]);

        Assert.Equal(expected, sets.Select(PhMean.Of));
    }

    [Fact]
    public void Of_EqualValues_IsThatValue() =>
        Gen.Select(Numbers.PH, Gen.Int[1, 30]).Sample((value, count) => PhMean.Of(Enumerable.Repeat(value, count).ToList()) == value);

    [Fact]
    public void Of_ShuffledValues_DoesNotDependOnTheirOrderAndLiesBetweenThem() => Gen.Select(Numbers.PH.List[1, 20], Gen.Int).Sample((values, seed) =>
    {
        var shuffled = values.ToArray();
        new Random(seed).Shuffle(shuffled);
        var mean = PhMean.Of(values);
        return mean == PhMean.Of(shuffled) && values.Min() <= mean && mean <= values.Max();
    });

    [Fact]
    public void Of_NoValue_SaysSo() => Assert.Throws<ArgumentException>(() => PhMean.Of([]));
}
