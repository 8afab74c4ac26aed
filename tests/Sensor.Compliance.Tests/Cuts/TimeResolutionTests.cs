using System.Text.Json;
using Sensor.Compliance.Cuts;
using Sensor.Compliance.Statistics;
using Sensor.Compliance.Tests.Outcomes;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Cuts;

public sealed class TimeResolutionTests
{
    private const long Start = 1_600_000_000_000;
    private static readonly ClockTolerance Clocks = new(100, 0);
    private static readonly JsonElement[] All = [.. JsonElement.Parse(AssessmentCase.Bytes("tests/cases/time/resolution.json")).EnumerateArray()];

    public static TheoryData<string> Cases => [.. All.Select(c => c.GetProperty("case").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_Case_GivesMethodAndInterval(string name)
    {
        var found = All.Single(c => c.GetProperty("case").GetString() == name);
        var records = found.GetProperty("records").EnumerateArray().Select((r, i) => (Record: Read(r, i + 1), Expected: r.GetProperty("expect"))).ToList();
        var resolution = new TimeResolution(records.Select(r => r.Record), new ClockTolerance(found.GetProperty("driftPpm").GetInt32(), found.TryGetProperty("leastErrorMilliseconds", out var least) ? least.GetInt32() : 0));

        foreach (var (record, expected) in records)
        {
            var interval = resolution.Of(record.Record).Interval;
            Assert.Equal((expected[0].GetString(), Whole(expected[1]), Whole(expected[2])), (interval.Method.Word(), interval.Earliest?.UnixMilliseconds, interval.Latest?.UnixMilliseconds));
        }
    }

    [Fact]
    public void Of_AnchorsOnBothSides_NamesThoseOnWhichItRests()
    {
        var (before, near, record) = (Signed.Record(1, 1, 0, Start, 1), Signed.Record(2, 1, 1000, Start + 1000, 900), Signed.Record(3, 1, 2000, 0, null));
        var (after, exact) = (Signed.Record(4, 1, 3000, Start + 2900, 100), Signed.Record(5, 1, 4000, Start + 4000, 0));

        Assert.Equal([before, after], new TimeResolution([after, record, near, before], Clocks).Of(record.Record).Anchors);
        Assert.Equal([exact, after], new TimeResolution([exact, after, record, near, before], Clocks).Of(record.Record).Anchors);
        Assert.Empty(new TimeResolution([after, record], Clocks).Of(after.Record).Anchors);
    }

    [Fact]
    public void Of_AnchorOfAnotherStationWithTheSameBoot_BoundsNothing()
    {
        var record = Signed.Record(1, 1, 1000, 0, null);

        Assert.Equal(TimeMethod.Unresolved, new TimeResolution([record, Signed.Record(2, 1, 0, Start, 1, station: "ST-2")], Clocks).Of(record.Record).Interval.Method);
    }

    [Fact]
    public void Of_BootWithoutAnchor_LiesBetweenTheReceiptItEmbedsAndTheFirstOverIt()
    {
        var record = Signed.Record(3, 1, 1000, 0, null).With(r => r with { Receipts = [new ReceiptSeen("anhui", Signed.DigestOf(71)), new ReceiptSeen("zhejiang", Signed.DigestOf(72)), new ReceiptSeen("other", Signed.DigestOf(99))] });
        ReceiptInCut[] receipts =
        [
            Receipt(71, "anhui", 2, Start), Receipt(72, "zhejiang", 1, Start - 5000), Receipt(73, "zhejiang", 2, Start + 100),
            Receipt(74, "zhejiang", 3, Start + 60_000), Receipt(75, "anhui", 9, Start + 50_000), Receipt(76, "anhui", 9, Start + 1) with { Receipt = Receipt(76, "anhui", 9, Start + 1).Receipt with { Station = "ST-2" } },
        ];

        var interval = new TimeResolution([record], Clocks, receipts).Of(record.Record).Interval;

        Assert.Equal(new TimeInterval(TimeMethod.Receipts, new Instant(Start), new Instant(Start + 50_000)), interval);
        Assert.Equal((25_000L, new Instant(Start + 25_000)), (interval.ErrorMilliseconds, interval.Midpoint));
    }

    [Fact]
    public void Of_OnlyTheEmbeddedReceiptIsKnown_IsUnresolvedAfterIt()
    {
        var record = Signed.Record(3, 1, 1000, 0, null).With(r => r with { Receipts = [new ReceiptSeen("anhui", Signed.DigestOf(71))] });

        Assert.Equal(new TimeInterval(TimeMethod.Unresolved, new Instant(Start), null), new TimeResolution([record], Clocks, [Receipt(71, "anhui", 2, Start)]).Of(record.Record).Interval);
        Assert.Equal(new TimeInterval(TimeMethod.Unresolved, null, null), new TimeResolution([record], Clocks).Of(record.Record).Interval);
    }

    [Fact]
    public void Of_FirstReceiptBeforeTheEmbeddedOne_IsContradictory()
    {
        var record = Signed.Record(3, 1, 1000, 0, null).With(r => r with { Receipts = [new ReceiptSeen("anhui", Signed.DigestOf(71))] });
        ReceiptInCut[] receipts = [Receipt(71, "anhui", 2, Start), Receipt(75, "zhejiang", 3, Start - 1)];

        Assert.Equal(new TimeInterval(TimeMethod.Contradictory, null, null), new TimeResolution([record], Clocks, receipts).Of(record.Record).Interval);
    }

    [Fact]
    public void Observations_StationThatStartedIn1970_AreDatedByWhatTheAnchorsLeave()
    {
        var reading = new Reading { Parameter = "w01019", Value = MeasuredValue.Parse("1.80"), Unit = "mg/L", Flag = "N", Instrument = "A", SampledFrom = new Instant(50_000), SampledTo = new Instant(58_000) };
        var own = Signed.Record(1, 1, 60_000, 60_000, null, new ReadingsBody(new Instant(58_000), [reading, reading with { Parameter = "w21003", DatedBy = DatedBy.Instrument, SampledFrom = new Instant(Start), SampledTo = new Instant(Start) }]));
        var anchor = Signed.Record(2, 1, 86_460_000, Start, 10);

        var observed = ObservationsOfRecords.Of([anchor, own], (_, at) => at.UnixMilliseconds > 1_500_000_000_000 ? "S" : null, clocks: Clocks);

        var (stations, instruments) = (observed.Observations[0], observed.Observations[1]);
        Assert.Equal((Start - 86_402_000, Start - 86_410_000), (stations.Observation.SampledTo.UnixMilliseconds, stations.Observation.SampledFrom.UnixMilliseconds));
        Assert.Equal(new TimeInterval(TimeMethod.AnchorAfter, new Instant(Start - 86_410_651), new Instant(Start - 86_393_349)), stations.Observation.Time);
        Assert.Equal((own, anchor), Assert.Single(observed.Anchored) is { Anchors: [var only] } resting ? (resting.Record, only) : default);
        Assert.Equal((new Instant(Start), null), (instruments.Observation.SampledTo, instruments.Observation.Time));
        Assert.Equal(["w21003"], ObservationsOfRecords.Of([anchor, own], (_, at) => at.UnixMilliseconds > 1_500_000_000_000 ? "S" : null).Observations.Select(o => o.Observation.Parameter));
    }

    [Fact]
    public void Observations_OneMomentInTwoRecords_ComesOutTheSame()
    {
        var reading = new Reading { Parameter = "w01019", Value = MeasuredValue.Parse("1.80"), Unit = "mg/L", Flag = "N", Instrument = "A", SampledFrom = new Instant(10_058_000), SampledTo = new Instant(10_058_000) };
        RecordInCut[] records =
        [
            Signed.Record(1, 1, 0, Start, 0), Signed.Record(2, 1, 10_060_000, 10_060_000, null, new ReadingsBody(new Instant(10_058_000), [reading])),
            Signed.Record(3, 1, 19_060_123, 19_060_123, null, new ReadingsBody(new Instant(10_058_000), [reading with { Value = MeasuredValue.Parse("1.90") }])), Signed.Record(4, 1, 20_000_000, Start + 19_999_100, 0),
        ];

        var observed = ObservationsOfRecords.Of(records, (_, _) => "S", clocks: Clocks).Observations.Select(o => o.Observation).ToList();

        Assert.Equal(["1.80", "1.90"], observed.Select(o => o.Value.ToString()));
        Assert.Equal(TimeMethod.AnchorsBetween, observed[0].Time!.Method);
        Assert.Equal((observed[0].SampledTo, observed[0].Time), (observed[1].SampledTo, observed[1].Time));
    }

    [Fact]
    public void Observations_ImportedRecords_KeepTheTimesThatTheySay()
    {
        var at = new Instant(Start - 1_000_000);
        var reading = new Reading { Parameter = "w01019", Value = MeasuredValue.Parse("1.80"), Unit = "mg/L", Flag = "N", Instrument = "A", SampledFrom = at, SampledTo = at };
        var record = Signed.Record(1, 1, 60_000, Start, 10, new ReadingsBody(at, [reading]));

        var observed = ObservationsOfRecords.Of([record], (_, _) => "S", _ => Trust.Attested, clocks: Clocks).Observations.Single().Observation;

        Assert.Equal((at, null, Trust.Attested), (observed.SampledTo, observed.Time, observed.Trust));
    }

    [Fact]
    public void Checks_StationThatStartedIn1970_AreDatedByWhatTheAnchorsLeave()
    {
        var check = Signed.Record(1, 1, 0, 60_000, null, new EventBody(new StationEvent { Type = EventType.Check, Instrument = "A", Parameter = "w01019", Kind = "span", Passed = false }));
        var anchor = Signed.Record(2, 1, 10_000, Start, 0);

        var found = ObservationsOfRecords.Of([anchor, check], (_, at) => at.UnixMilliseconds > 1_500_000_000_000 ? "S" : null, clocks: Clocks);

        Assert.Equal(new Instant(Start - 10_000), Assert.Single(found.Checks).Check.At);
        Assert.Equal([anchor], Assert.Single(found.Anchored).Anchors);
    }

    private static ReceiptInCut Receipt(long digest, string @operator, long through, long time) => new(Signed.DigestOf(digest), new Receipt
    {
        Deployment = "test", Station = "ST-1", Operator = @operator, Run = Signed.Life(1), Through = through, Time = new Instant(time), LogSize = 1, LogRoot = default,
    });

    private static RecordInCut Read(JsonElement record, int sequence)
    {
        var read = Signed.Record(sequence, record.GetProperty("boot").GetInt64(), record.GetProperty("count").GetInt64(), record.GetProperty("wall").GetInt64(), Whole(record.GetProperty("error")));
        return record.TryGetProperty("synchronised", out _) ? read.With(r => r with { Clock = r.Clock with { Status = ClockStatus.Synchronised } }) : read;
    }

    private static long? Whole(JsonElement number) => number.ValueKind == JsonValueKind.Null ? null : number.GetInt64();
}
