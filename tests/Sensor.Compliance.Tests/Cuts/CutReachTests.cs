using CsCheck;
using Sensor.Compliance.Cuts;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Cuts;

public sealed class CutReachTests
{
    private const long Start = 1_600_000_000_000;
    private static readonly ClockTolerance Clocks = new(100, 0);

    private static readonly Gen<RecordInCut[]> AnyRecords =
        (from boot in Gen.Long[1, 3]
         from count in Gen.Long[0, 10_000_000]
         from wall in Gen.Long[-50_000_000, 50_000_000]
         from error in Gen.Long[0, 5_000]
         from synchronised in Gen.Int[0, 2]
         select (boot, count, wall, error, synchronised)).Array[1, 40]
        .Select(all => all.Select((r, i) => Signed.Record(
            i + 1, r.boot, r.count, r.synchronised == 0 ? Start + r.count + (r.error / 2) : Start + r.wall, r.synchronised == 0 ? r.error : null, Readings(Start + r.wall))).ToArray());

    [Fact]
    public void Of_RecordsWithoutAnchors_ReachesTheLastOfEachRun()
    {
        RecordInCut[] taken = [Signed.Record(3, 1, 0, Start, 1), Signed.Record(9, 2, 0, Start, 1), Signed.Record(4, 1, 0, Start, 1)];

        Assert.Equal([(4L, taken[2].Digest), (9L, taken[1].Digest)], CutReach.Of(taken, []).Order().Select(s => (s.Sequence, s.Digest)));
    }

    [Fact]
    public void Of_AnchorsOfWhatTheyBringIn_AreReachedToo()
    {
        var (own, left, anchor, other) = (Signed.Record(1, 1, 0, 0, null), Signed.Record(2, 1, 0, 0, null), Signed.Record(3, 1, 0, Start, 1), Signed.Record(7, 1, 0, Start, 1));

        var reach = CutReach.Of([own], [new AnchoredRecord(left, [other]), new AnchoredRecord(own, [anchor])]);

        Assert.Equal((7L, other.Digest), (Assert.Single(reach).Sequence, reach[0].Digest));
    }

    [Fact]
    public void Of_AnchorsOfRecordsBeyond_AreNot()
    {
        var (own, beyond, anchor) = (Signed.Record(1, 1, 0, Start, 1), Signed.Record(2, 1, 0, 0, null), Signed.Record(3, 1, 0, Start, 1));

        Assert.Equal(1, Assert.Single(CutReach.Of([own], [new AnchoredRecord(beyond, [anchor])])).Sequence);
    }

    [Fact]
    public void Of_TheRecordsOfTheCutAlone_DateEachOfThemTheSame() => Gen.Select(AnyRecords, Gen.Int[0, 39]).Sample(
        (records, number) =>
        {
            var all = ObservationsOfRecords.Of(records, (_, _) => "S", clocks: Clocks);
            var reach = CutReach.Of([records[number % records.Length]], all.Anchored).ToDictionary(s => s.Run, s => s.Sequence);
            RecordInCut[] within = [.. records.Where(r => reach.TryGetValue(r.Record.Header.Run, out var last) && r.Record.Header.Sequence <= last)];
            var seen = within.Select(r => r.Digest).ToHashSet();
            return ObservationsOfRecords.Of(within, (_, _) => "S", clocks: Clocks).Observations.Select(o => (o.Source.Digest, o.Observation.SampledTo, o.Observation.Time))
                .SequenceEqual(all.Observations.Where(o => seen.Contains(o.Source.Digest)).Select(o => (o.Source.Digest, o.Observation.SampledTo, o.Observation.Time)));
        },
        iter: 3_000);

    private static ReadingsBody Readings(long taken) => new(new Instant(taken),
    [
        new Reading { Parameter = "w01019", Value = MeasuredValue.Parse("1.80"), Unit = "mg/L", Flag = "N", Instrument = "A", SampledFrom = new Instant(taken), SampledTo = new Instant(taken) },
    ]);
}
