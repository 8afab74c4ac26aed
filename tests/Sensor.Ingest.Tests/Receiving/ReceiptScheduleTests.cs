using Sensor.Contracts;
using Sensor.Ingest.Receiving;

namespace Sensor.Ingest.Tests.Receiving;

public sealed class ReceiptScheduleTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private readonly ReceiptSchedule _schedule = new();
    private readonly LifeId _run = LifeId.Create();

    [Fact]
    public void Take_NewsWithinASecond_AreOneReceiptASecondLater()
    {
        _schedule.Note("ST-1", _run);
        Assert.Equal([("ST-1", _run)], _schedule.Take(Start));
        _schedule.Note("ST-1", _run);
        _schedule.Note("ST-1", _run);

        Assert.Empty(_schedule.Take(Start.AddMilliseconds(999)));
        Assert.Equal(Start.AddSeconds(1), _schedule.Next());
        Assert.Equal([("ST-1", _run)], _schedule.Take(Start.AddSeconds(1)));
        Assert.Null(_schedule.Next());
    }

    [Fact]
    public void Take_TwoRunsOfAStation_ComeOneASecondInTheOrderOfTheirNews()
    {
        var other = LifeId.Create();
        _schedule.Note("ST-1", other);
        _schedule.Note("ST-1", _run);

        Assert.Equal([("ST-1", other)], _schedule.Take(Start));
        Assert.Equal([("ST-1", _run)], _schedule.Take(Start.AddSeconds(1)));
    }

    [Fact]
    public void Take_TwoStations_DoNotWaitForEachOther()
    {
        _schedule.Note("ST-1", _run);
        _schedule.Take(Start);
        _schedule.Note("ST-1", _run);
        _schedule.Note("ST-2", _run);

        Assert.Equal([("ST-2", _run)], _schedule.Take(Start.AddMilliseconds(1)));
    }
}
