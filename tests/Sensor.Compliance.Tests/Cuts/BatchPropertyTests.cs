using System.Buffers.Binary;
using CsCheck;
using Sensor.Compliance.Cuts;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Tests.Outcomes;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Cuts;

/// <summary>However a station puts its readings into records, and however the records arrive, the verdict is the same.</summary>
public sealed class BatchPropertyTests
{
    private const string Station = "ST-1";
    private static readonly AssessmentCase Year = AssessmentCase.Read("too-few-months");
    private static readonly string[] Flags = ["N", "N", "N", "N", "M", "L", "T", "Z"];

    private static readonly Gen<Reading> AnyReading =
        from parameter in Gen.OneOfConst("w01019", "w21003", "w21011", "w21001")
        from hour in Gen.Int[0, (366 * 24) - 1]
        from mantissa in Gen.Long[0, 99_999]
        from flag in Gen.OneOfConst(Flags)
        from instrument in Gen.OneOfConst("A", "B")
        from missing in Gen.Int[0, 9]
        select new Reading
        {
            Parameter = parameter,
            Value = missing == 0 ? null : new MeasuredValue(mantissa, -3),
            Missing = missing == 0 ? MissingReason.NoAnswer : null,
            Unit = "mg/L",
            Flag = flag,
            Instrument = instrument,
            SampledFrom = Hour(hour),
            SampledTo = Hour(hour),
            DetectionLimit = mantissa % 2 == 0 ? new MeasuredValue(25, -3) : null,
        };

    [Fact]
    public void VerdictDigest_OneBatchManyBatchesShuffledAndRepeated_IsTheSame() =>
        Gen.Select(AnyReading.Array[1, 60], Gen.Int[1, 12], Gen.Int).Sample(
            (readings, size, seed) =>
            {
                var distinct = readings.DistinctBy(r => (r.Parameter, r.Instrument, r.SampledTo)).ToArray();
                var one = Records([distinct]);
                var many = Records(distinct.Chunk(size));
                RecordInCut[] arrived = [.. many, .. many.Take(3)];
                new Random(seed).Shuffle(arrived);
                return Verdicts(one).SequenceEqual(Verdicts(many)) && Verdicts(many).SequenceEqual(Verdicts(arrived));
            },
            iter: 200);

    [Fact]
    public void VerdictDigest_RevisionsInLaterRecords_DependOnTheStationsOrderAlone() =>
        Gen.Select(AnyReading.Array[1, 40], Gen.Long[1, 99_999], Gen.Int).Sample(
            (readings, other, seed) =>
            {
                var first = readings.DistinctBy(r => (r.Parameter, r.Instrument, r.SampledTo)).ToArray();
                var revised = first.Where((_, i) => i % 3 == 0).Select(r => r with { Value = new MeasuredValue(other, -4), Missing = null, Flag = "N" }).ToArray();
                var records = Records([first, revised]);
                var split = Records([.. first.Chunk(1), .. revised.Chunk(1)]);
                new Random(seed).Shuffle(split);
                return Verdicts(records).SequenceEqual(Verdicts(split));
            },
            iter: 200);

    private static List<Digest> Verdicts(IEnumerable<RecordInCut> records)
    {
        var observed = ObservationsOfRecords.Of(records, (_, _) => Year.Agreement.Sections[0].Section);
        var input = new AssessmentInput { Observations = [.. observed.Observations.Select(o => o.Observation)], Cut = new Cut { Stations = [new CutStation(Station, Life, records.Count(), default)] } };
        return [.. Assessment.Assess(Year.Agreement, input).Select(o => o.VerdictDigest)];
    }

    private static RecordInCut[] Records(IEnumerable<Reading[]> batches) => [.. batches.Select((batch, i) => new RecordInCut(DigestOf(i + 1), new StationRecord
    {
        Header = new RecordHeader { Version = StationRecord.CurrentVersion, Deployment = "test", Station = Station, Run = Life, Sequence = i + 1, Previous = i == 0 ? null : DigestOf(i) },
        Wall = Hour(0),
        BootMilliseconds = i,
        Boot = Life,
        Clock = new ClockState(ClockStatus.Synchronised, null, "kernel"),
        Configuration = default,
        Body = new ReadingsBody(Hour(0), batch),
    }))];

    private static LifeId Life { get; } = new(new byte[LifeId.Size]);

    private static Digest DigestOf(long sequence)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, sequence);
        return Digest.Of(bytes);
    }

    private static Instant Hour(int hour) => new(1_577_808_000_000 + (hour * 3_600_000L));
}
