using Sensor.Contracts;
using Sensor.Edge.Sampling;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Sampling;

public sealed class SlotRecordsTests
{
    [Fact]
    public void Joined_InstrumentsOfOneInstant_AreOneRecordAtThePlaceOfTheFirst()
    {
        var door = new EventBody(new StationEvent { Type = EventType.Door, Kind = "opened" });
        var joined = SlotRecords.Joined([Of("a", 1), door, Of("b", 1), Of("c", 2)]);

        Assert.Equal(["a,b", "door", "c"], joined.Select(b => b is ReadingsBody r ? string.Join(',', r.Readings.Select(x => x.Instrument)) : "door"));
        Assert.Equal([Some.Body(1).Instant, Some.Body(2).Instant], joined.OfType<ReadingsBody>().Select(b => b.Instant));
    }

    [Fact]
    public void Joined_SameInstrumentTwice_StaysTwoRecords() => Assert.Equal(2, SlotRecords.Joined([Of("a", 1), Of("a", 1)]).Count);

    [Fact]
    public void Joined_ManyReadings_MakesNoRecordOfMoreThanSixtyFour()
    {
        var joined = SlotRecords.Joined([.. Enumerable.Range(0, 100).Select(i => Of($"probe-{i}", 1))]);
        Assert.Equal([64, 36], joined.Cast<ReadingsBody>().Select(b => b.Readings.Count));
    }

    private static ReadingsBody Of(string instrument, int number) => Some.Body(number) with { Readings = [Some.Body(number).Readings[0] with { Instrument = instrument }] };
}
