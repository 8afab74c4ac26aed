using Sensor.Ingest.Receiving;

namespace Sensor.Ingest.Tests.Receiving;

public sealed class StationRateTests
{
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(10);

    /// <summary>60 records and 60,000 bytes a minute: one record and 1,000 bytes a second.</summary>
    private readonly StationRate _rate = new(60, 60_000, Burst);

    [Fact]
    public void Pause_QuietStation_MaySendItsBurstAtOnceAndThenAtItsRate()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(TimeSpan.Zero, _rate.Pause(1, 1, At(0)));
            _rate.Use(1, 1, At(0));
        }

        Assert.Equal(TimeSpan.FromSeconds(1), _rate.Pause(1, 1, At(0)));
        Assert.Equal(TimeSpan.FromSeconds(5), _rate.Pause(5, 1, At(0)));
        Assert.Equal(TimeSpan.Zero, _rate.Pause(1, 1, At(1)));
    }

    [Fact]
    public void Pause_ManyBytesInFewRecords_CountsThem()
    {
        _rate.Use(1, 10_000, At(0));

        Assert.Equal(TimeSpan.FromSeconds(4), _rate.Pause(1, 4_000, At(0)));
    }

    [Fact]
    public void Pause_MessageThatIsMoreThanTheBurst_PassesWhenNothingIsUsedAndIsPaidForAfterwards()
    {
        Assert.Equal(TimeSpan.Zero, _rate.Pause(100, 1, At(0)));
        _rate.Use(100, 1, At(0));

        Assert.Equal(TimeSpan.FromSeconds(91), _rate.Pause(1, 1, At(0)));
        Assert.Equal(TimeSpan.Zero, _rate.Pause(1, 1, At(91)));
    }

    [Fact]
    public void Pause_LongAfterTheLastMessage_NothingIsSavedUpBeyondTheBurst()
    {
        _rate.Use(1, 1, At(0));
        _rate.Use(10, 1, At(1_000_000));

        Assert.Equal(TimeSpan.FromSeconds(1), _rate.Pause(1, 1, At(1_000_000)));
    }

    private static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);
}
