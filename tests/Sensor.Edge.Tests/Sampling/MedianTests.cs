using Sensor.Contracts;
using Sensor.Edge.Drivers;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Tests.Sampling;

public sealed class MedianTests
{
    [Theory]
    [InlineData("1.2 1.10 1.3", "1.2", "1.2 V | 1.10 V | 1.3 V")]
    [InlineData("9 10 1.0", "9", "9 V | 10 V | 1.0 V")]
    [InlineData("-2 3 -1", "-1", "-1 V | -2 V | 3 V")]
    [InlineData("1.40 1.4 1.400", "1.4", "1.4 V | 1.40 V | 1.400 V")]
    [InlineData("5 0.000000000001 0.000000000002 999999999999999 1", "1", "1 V | 5 V | 0.000000000001 V | 0.000000000002 V | 999999999999999 V")]
    public void Of_Reads_IsTheMiddleOneByAmountWithItsOwnDigits(string reads, string value, string raw)
    {
        var median = Of([.. reads.Split(' ').Select(text => Read(text))]);
        Assert.Equal((value, raw, "N"), (median.Value.ToString(), median.Raw, median.Flag));
    }

    [Fact]
    public void Of_TwoParameters_TakesEachByItself()
    {
        var reads = new[] { ("1", "6"), ("2", "5"), ("3", "4") }.Select(pair => Sampled(Read(pair.Item1), Read(pair.Item2) with { Parameter = "w01003" })).ToArray();
        Assert.Equal(["2", "5"], Median.Of(reads).Readings.Select(r => r.Value.ToString()));
    }

    [Fact]
    public void Of_OneReadIsMissing_IsMissingWithItsReason()
    {
        var median = Of([Read("1"), Read("1") with { Value = null, Missing = MissingReason.Busy, Raw = "busy", Flag = "F" }, Read("3")]);
        Assert.Equal((null, MissingReason.Busy, "F", "busy | 1 V | 3 V"), (median.Value, median.Missing, median.Flag, median.Raw));
    }

    [Theory]
    [InlineData("L", "N")]
    [InlineData("D", "D")]
    [InlineData("Z", "Z")]
    public void Of_OneReadIsFlagged_TakesTheFlagWhenItMakesUnusable(string flag, string expected) =>
        Assert.Equal(expected, Of([Read("1") with { Flag = flag }, Read("2"), Read("3")]).Flag);

    [Fact]
    public void Of_LongRawSignals_KeepsTheChosenOneAndFitsTheWire()
    {
        var median = Of([.. Enumerable.Range(1, 15).Select(i => Read($"{i}") with { Raw = $"{i:00} {new string('x', 30)}" })]);
        Assert.StartsWith($"08 {new string('x', 30)} | 01 ", median.Raw, StringComparison.Ordinal);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(median.Raw!), 100, 128);
    }

    [Fact]
    public void Of_Reads_KeepsTheTimesOfTheChosenOne()
    {
        var median = Of([.. new[] { "1", "3", "2" }.Select((text, i) => Read(text) with { SampledFrom = new Instant(i), SampledTo = new Instant(i) })]);
        Assert.Equal(new Instant(2), median.SampledFrom);
    }

    private static Reading Of(params Reading[] reads) => Assert.Single(Median.Of([.. reads.Select(read => Sampled(read))]).Readings);

    private static DriverReply.Sampled Sampled(params Reading[] readings) => new(default, readings);

    private static Reading Read(string value) => new()
    {
        Parameter = "w01019",
        Value = MeasuredValue.Parse(value),
        Unit = "mg/L",
        Flag = "N",
        Instrument = "probe",
        SampledFrom = default,
        SampledTo = default,
        Raw = $"{value} V",
    };
}
