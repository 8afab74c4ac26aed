using System.Text.Json;
using CsCheck;
using Sensor.Compliance.Cuts;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Statistics;
using Sensor.Compliance.Tests.Outcomes;
using Sensor.Contracts;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Cuts;

/// <summary>Neither order nor repeats of records change an interval, and whatever is added about a boot narrows it or leaves it.</summary>
public sealed class TimeResolutionPropertyTests
{
    // In the middle of the boots a month ends, at +08:00.
    private const long Start = 1_598_889_600_000 - 20_000_000;
    private const int Drift = 100;
    private static readonly AssessmentCase Case = AssessmentCase.Read("time-edge-in-neither");
    private static readonly ClockTolerance Clocks = new(Drift, 0);

    // True time runs at a rate within the bound, so that honest anchors never exclude each other.
    private static readonly Gen<(long Rate, Stamp[] Stamps)> Honest =
        from rate in Gen.Long[-Drift, Drift]
        from stamps in (from count in Gen.Long[0, 40_000_000]
                        from error in Gen.Long[0, 2_000]
                        from part in Gen.Long[-100, 100]
                        from synchronised in Gen.Bool
                        select new Stamp(count, error, part, synchronised)).Array[2, 40]
        select (rate, stamps);

    [Fact]
    public void Of_HonestAnchors_AlwaysHoldsTheTrueTime() => Honest.Sample(
        boot =>
        {
            var records = Records(boot.Rate, boot.Stamps);
            var resolution = new TimeResolution(records.Select(r => r.Record), Clocks);
            return records.All(r => resolution.Of(r.Record.Record).Interval is var i && (i.Method == TimeMethod.Unresolved
                ? !boot.Stamps.Any(s => s.Synchronised)
                : i.Earliest!.Value.UnixMilliseconds <= r.TrueTime && r.TrueTime <= i.Latest!.Value.UnixMilliseconds));
        },
        iter: 2_000);

    [Fact]
    public void Of_ShuffledAndRepeatedRecords_GivesTheSameIntervals() => Gen.Select(Honest, Gen.Int).Sample(
        (boot, seed) =>
        {
            RecordInCut[] records = [.. Records(boot.Rate, boot.Stamps).Select(r => r.Record)];
            RecordInCut[] arrived = [.. records, .. records.Take(3)];
            new Random(seed).Shuffle(arrived);
            var (one, other) = (new TimeResolution(records, Clocks), new TimeResolution(arrived, Clocks));
            return records.All(r => one.Of(r.Record).Interval == other.Of(r.Record).Interval && one.Of(r.Record).Anchors.SequenceEqual(other.Of(r.Record).Anchors));
        },
        iter: 1_000);

    [Fact]
    public void Of_OneMoreAnchor_NeverWidensAnInterval() => Honest.Sample(
        boot =>
        {
            RecordInCut[] all = [.. Records(boot.Rate, boot.Stamps).Select(r => r.Record)];
            var added = all[^1].With(r => r with { Clock = r.Clock with { Status = ClockStatus.Synchronised, ErrorMilliseconds = r.Clock.ErrorMilliseconds ?? 2_000 } });
            RecordInCut[] fewer = [.. all[..^1]];
            var (before, after) = (new TimeResolution(fewer, Clocks), new TimeResolution([.. fewer, added], Clocks));
            return fewer.All(r => IsWithin(after.Of(r.Record).Interval, before.Of(r.Record).Interval));
        },
        iter: 2_000);

    [Fact]
    public void Of_OnlyTheAnchorsItNames_GivesTheSameInterval() => Honest.Sample(
        boot =>
        {
            RecordInCut[] records = [.. Records(boot.Rate, boot.Stamps).Select(r => r.Record)];
            var all = new TimeResolution(records, Clocks);
            return records.All(r => new TimeResolution([r, .. all.Of(r.Record).Anchors], Clocks).Of(r.Record).Interval == all.Of(r.Record).Interval);
        },
        iter: 500);

    [Fact]
    public void VerdictDigest_ShuffledRecordsOfAnUnsynchronisedStation_IsTheSame() => Gen.Select(Honest, Gen.Int).Sample(
        (boot, seed) =>
        {
            RecordInCut[] records = [.. Records(boot.Rate, boot.Stamps).Select((r, i) => r.Record.With(record => record with { Body = ReadingsAt(record.Wall, i) }))];
            RecordInCut[] arrived = [.. records, .. records.Take(3)];
            new Random(seed).Shuffle(arrived);
            return Verdicts(records).SequenceEqual(Verdicts(arrived));
        },
        iter: 300);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Of_RandomBoots_AgreesWithPython(int seed)
    {
        var random = new Random(seed);
        var records = Enumerable.Range(1, 200).Select(i => random.NextInt64(0, 100_000_000) is var count && random.Next(3) == 0
            ? Signed.Record(i, i % 4, count, Start + count + random.NextInt64(-3_000, 3_000), random.NextInt64(0, 8_000))
            : Signed.Record(i, i % 5, count, random.NextInt64(0, Start), null)).ToList();
        var resolution = new TimeResolution(records, new ClockTolerance(Drift, 1_000));

        var expected = await Python(records);

        Assert.Equal(expected, records.Select(r => resolution.Of(r.Record).Interval).Select(i => (i.Method.Word(), i.Earliest?.UnixMilliseconds, i.Latest?.UnixMilliseconds)));
        Assert.Equal(6, expected.Select(e => e.Method).Distinct().Count());
    }

    private static async Task<List<(string Method, long? Earliest, long? Latest)>> Python(IEnumerable<RecordInCut> records)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
            {
                driftPpm = Drift,
                leastErrorMilliseconds = 1_000,
                records = records.Select(r => new { station = "ST-1", boot = r.Record.Boot.ToString(), count = r.Record.BootMilliseconds, wall = r.Record.Wall.UnixMilliseconds, error = r.Record.Clock.ErrorMilliseconds }),
            }), TestContext.Current.CancellationToken);
            var lines = await PythonScript.Run([Repository.PathOf("tests/cases/time/reference_time.py"), file], [], "python3");
            return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonElement.Parse(l))
                .Select(l => (l.GetProperty("method").GetString()!, Whole(l.GetProperty("earliest")), Whole(l.GetProperty("latest"))))];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static List<Digest> Verdicts(RecordInCut[] records)
    {
        var agreement = Case.Agreement;
        var observed = ObservationsOfRecords.Of(records, (_, _) => agreement.Sections[0].Section, clocks: agreement.Data.Time!.Clocks);
        return [.. Assessment.Assess(agreement, new AssessmentInput { Observations = [.. observed.Observations.Select(o => o.Observation)] }).Select(o => o.VerdictDigest)];
    }

    private static ReadingsBody ReadingsAt(Instant wall, int number) => new(wall,
    [
        .. new[] { "w01019", "w21003", "w21011", "w21001" }.Select(parameter => new Reading
        {
            Parameter = parameter, Value = new MeasuredValue(100 + number, -3), Unit = "mg/L", Flag = "N", Instrument = "A", SampledFrom = wall, SampledTo = wall,
        }),
    ]);

    private static long? Whole(JsonElement number) => number.ValueKind == JsonValueKind.Null ? null : number.GetInt64();

    private static bool IsWithin(TimeInterval inner, TimeInterval outer) =>
        (outer.Earliest is null || inner.Earliest >= outer.Earliest) && (outer.Latest is null || inner.Latest <= outer.Latest);

    private static List<(RecordInCut Record, long TrueTime)> Records(long rate, Stamp[] stamps) => [.. stamps.Select((s, i) =>
    {
        var elapsed = s.Count + (s.Count * rate / 1_000_000);
        var wall = Start + elapsed + (s.Error * s.Part / 100);
        return (Signed.Record(i + 1, 1, s.Count, wall, s.Synchronised ? s.Error + 1 : null), Start + elapsed);
    })];

    internal readonly record struct Stamp(long Count, long Error, long Part, bool Synchronised);
}
