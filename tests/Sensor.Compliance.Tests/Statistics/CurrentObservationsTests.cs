using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Statistics;

public sealed class CurrentObservationsTests
{
    [Fact]
    public void Of_IdenticalRepeats_StoresOneAndCountsTheRest()
    {
        var current = Assert.Single(CurrentObservations.Of([Value("1.40", 1), Value("1.40", 2), Value("1.40", 3)]));

        Assert.Equal((2, 0), (current.Repeats, current.Superseded.Count));
    }

    [Fact]
    public void Of_DifferentLaterContent_Supersedes()
    {
        var current = Assert.Single(CurrentObservations.Of([Value("1.41", 5), Value("1.40", 1), Value("1.39", 2)]));

        Assert.Equal("1.41", current.Standing.Value.ToString());
        Assert.Equal(["1.40", "1.39"], current.Superseded.Select(s => s.Value.ToString()));
        Assert.Equal(0, current.Repeats);
    }

    [Fact]
    public void Of_HistorySentTwice_CountsTheSecondTimeAsRepeats()
    {
        var current = Assert.Single(CurrentObservations.Of([Value("1.40", 1), Value("1.41", 2), Value("1.40", 3), Value("1.41", 4)]));

        Assert.Equal("1.41", current.Standing.Value.ToString());
        Assert.Equal((2, 1), (current.Repeats, current.Superseded.Count));
    }

    [Fact]
    public void Of_SameOrder_ChoosesByContentWhateverTheInputOrder()
    {
        Assert.Equal(
            Assert.Single(CurrentObservations.Of([Value("2", 1), Value("3", 1)])).Standing,
            Assert.Single(CurrentObservations.Of([Value("3", 1), Value("2", 1)])).Standing);
    }

    [Fact]
    public void Of_OtherInstrumentOrSeries_AreOtherKeys() =>
        Assert.Equal(3, CurrentObservations.Of([Value("1", 1), Value("1", 1) with { Instrument = "b" }, Value("1", 1) with { Series = "B" }]).Count);

    private static Observation Value(string digits, long order) => new()
    {
        Section = "河口",
        Parameter = "w01019",
        SampledFrom = default,
        SampledTo = default,
        Value = MeasuredValue.Parse(digits),
        Unit = "mg/L",
        Flag = "N",
        Order = order,
    };
}
