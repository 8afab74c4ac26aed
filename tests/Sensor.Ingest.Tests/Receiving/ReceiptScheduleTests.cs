using Sensor.Contracts;
using Sensor.Ingest.Receiving;

namespace Sensor.Ingest.Tests.Receiving;

public sealed class ReceiptScheduleTests
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(5);
    private readonly ReceiptSchedule _schedule = new();
    private readonly LifeId _run = LifeId.Create();

    [Fact]
    public void Take_NewsWithinASecond_AreOneReceiptASecondLater()
    {
        _schedule.Note("ST-1", _run);
        Assert.Equal([("ST-1", _run)], _schedule.Take(Start));
        _schedule.Note("ST-1", _run);
        _schedule.Note("ST-1", _run);

        Assert.Empty(_schedule.Take(Start + TimeSpan.FromMilliseconds(999)));
        Assert.Equal(Start + TimeSpan.FromSeconds(1), _schedule.Next());
        Assert.Equal([("ST-1", _run)], _schedule.Take(Start + TimeSpan.FromSeconds(1)));
        Assert.Null(_schedule.Next());
    }

    [Fact]
    public void Take_TwoRunsOfAStation_ComeOneASecondInTheOrderOfTheirNews()
    {
        var other = LifeId.Create();
        _schedule.Note("ST-1", other);
        _schedule.Note("ST-1", _run);

        Assert.Equal([("ST-1", other)], _schedule.Take(Start));
        Assert.Equal([("ST-1", _run)], _schedule.Take(Start + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Take_TwoStations_DoNotWaitForEachOther()
    {
        _schedule.Note("ST-1", _run);
        _schedule.Take(Start);
        _schedule.Note("ST-1", _run);
        _schedule.Note("ST-2", _run);

        Assert.Equal([("ST-2", _run)], _schedule.Take(Start + TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void Take_FewerThanAreDue_BeginsWithLiveRecordsAndThenTheLongestDue()
    {
        _schedule.Note("ST-1", _run);
        _schedule.Note("ST-2", _run);
        _schedule.Note("ST-3", _run, live: true);

        Assert.Equal([("ST-3", _run)], _schedule.Take(Start, 1));
        Assert.Equal([("ST-1", _run), ("ST-2", _run)], _schedule.Take(Start, 5).Order());
        _schedule.Note("ST-3", _run);
        _schedule.Note("ST-1", _run, live: true);
        Assert.Equal([("ST-1", _run), ("ST-3", _run)], _schedule.Take(Start + TimeSpan.FromSeconds(1)));
    }
}
