using CsCheck;
using Sensor.Compliance.Cuts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Windows;

public sealed class ObservationsOfRecordsTests
{
    [Fact]
    public void Of_RunsThatNameEachOther_OrdersByTheChainWhateverTheOrderOfTheInput()
    {
        using var station = new TestStation("ST-1");
        var records = new List<RecordInCut>();
        for (var run = 0; run < 4; run++)
        {
            records.AddRange(Enumerable.Range(0, 3).Select(i => Decode(station.Next($"{run}.{i}", TestStation.Start))));
            station.Restart(station.Memory);
        }

        Gen.Shuffle(records.Concat(records.Take(4)).ToArray()).Sample(shuffled =>
        {
            var observed = ObservationsOfRecords.Of(shuffled, (_, _) => "S").Observations.Select(o => o.Observation).OrderBy(o => o.Order);
            Assert.Equal(["0.0", "0.1", "0.2", "1.0", "1.1", "1.2", "2.0", "2.1", "2.2", "3.0", "3.1", "3.2"], observed.Select(o => o.Value.ToString()));
        });
    }

    [Fact]
    public void Of_ForkedIdentity_IsLeftOutAndNamed()
    {
        using var station = new TestStation("ST-1");
        var first = Decode(station.Next("1.0"));
        var second = Decode(station.Sign(TestStation.Readings("2.0", TestStation.Start), 1));

        var result = ObservationsOfRecords.Of([second, first], (_, _) => "S");

        Assert.Empty(result.Observations);
        var fork = Assert.Single(result.Forks);
        Assert.Equal(("ST-1", station.Run, 1L), (fork.Station, fork.Run, fork.Sequence));
        Assert.Equal(new[] { first.Digest, second.Digest }.Order(), fork.Digests);
    }

    [Fact]
    public void Of_StationWithoutSection_LeavesItsReadingOut()
    {
        using var station = new TestStation("ST-1");

        Assert.Empty(ObservationsOfRecords.Of([Decode(station.Next())], (_, _) => null).Observations);
    }

    [Fact]
    public void Of_RunsThatNameEachOtherInACircle_Ends()
    {
        using var station = new TestStation("ST-1");
        var first = station.Next("1.0");
        var (run, memory) = (station.Run, station.Memory);
        station.Restart(memory);
        var second = station.Next("2.0");
        var circle = Decode(first) with { Record = Decode(first).Record with { Header = Decode(first).Record.Header with { PreviousRun = station.Memory } } };

        Assert.NotEqual(run, station.Run);
        Assert.Equal(2, ObservationsOfRecords.Of([circle, Decode(second)], (_, _) => "S").Observations.Count);
    }

    private static RecordInCut Decode(Envelope envelope)
    {
        Assert.True(RecordCodec.TryDecode(envelope.Payload, out var decoded, out _));
        return new RecordInCut(envelope.Digest, decoded.Record!);
    }
}
