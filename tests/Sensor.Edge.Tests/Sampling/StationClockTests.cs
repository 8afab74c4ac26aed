using Microsoft.Extensions.Time.Testing;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Outbox;
using Sensor.Edge.Sampling;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Sampling;

public sealed class StationClockTests
{
    private static readonly DateTimeOffset Good = new(2027, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1970-01-01T00:00:10Z", "below-floor")]
    [InlineData("2026-10-31T23:00:00Z", "below-floor")]
    [InlineData("2027-03-01T08:00:00Z", "kernel")]
    public void State_WallBeforeThisSoftwareWasMade_IsNotSynchronisedWhateverTheKernelSays(string now, string source)
    {
        var clock = Some.Clock(new FakeTimeProvider(DateTimeOffset.Parse(now, null)));
        Assert.Equal((source, source == "kernel" ? ClockStatus.Synchronised : ClockStatus.Unsynchronised), (clock.State.Source, clock.State.Status));
    }

    [Fact]
    public void State_SetBackBehindASynchronisedRecord_IsBelowTheFloor()
    {
        var time = new BackwardTime(Good);
        var clock = new StationClock(time, new FakeKernelClock());
        clock.Read();

        time.Wall = Good.AddSeconds(-50);
        Assert.Equal("kernel", clock.State.Source);
        time.Wall = Good.AddSeconds(-70);
        Assert.Equal(StationClock.BelowFloor, clock.State.Source);
    }

    [Fact]
    public void Floor_AfterARestart_IsThatOfTheLastSynchronisedRecord()
    {
        using var folder = new TestFolder();
        using var key = SigningKey.Create();
        var configuration = Some.Configuration(folder, [("anhui", key)]);
        var kernel = new FakeKernelClock();
        using (var outbox = StationOutbox.Open(configuration, key, new StationClock(new FakeTimeProvider(Good), kernel), "test"))
        {
            outbox.Append(Some.Body());
            kernel.State = new ClockState(ClockStatus.Unsynchronised, null, "kernel");
            outbox.Append(Some.Body(2));
        }

        var restarted = Some.Clock(new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)));
        using var again = StationOutbox.Open(configuration, key, restarted, "test");

        Assert.Equal(Instant.From(Good), restarted.Floor);
        Assert.Equal(StationClock.BelowFloor, restarted.State.Source);
    }

    private sealed class BackwardTime(DateTimeOffset wall) : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = wall;

        public override DateTimeOffset GetUtcNow() => Wall;
    }
}
