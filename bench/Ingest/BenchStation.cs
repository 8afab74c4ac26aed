using System.Globalization;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace WaterWatch.Bench.Ingest;

/// <summary>Signs an unbroken chain of records of nine readings each, as a station does. One thread at a time.</summary>
/// <param name="id">Its id.</param>
/// <param name="interval">The milliseconds between two records.</param>
internal sealed class BenchStation(string id, long interval = BenchStation.Interval) : IDisposable
{
    public const string Deployment = "bench";

    /// <summary>Four hours, as national stations sample.</summary>
    public const long Interval = 4 * 3_600_000;

    /// <summary>The moment of the first record: 2021-01-01T00:00:00+08:00.</summary>
    public static readonly Instant Start = new(1_609_430_400_000);

    private static readonly (string Code, int Mantissa, int Decimals)[] Parameters =
    [
        ("w01001", 782, 2), ("w01003", 63, 1), ("w01009", 865, 2), ("w01010", 184, 1), ("w01014", 1_126, 1),
        ("w01019", 187, 2), ("w21001", 114, 2), ("w21003", 38, 3), ("w21011", 21, 3),
    ];

    private Digest? _previous;

    public string Id { get; } = id;

    /// <summary>Its one run.</summary>
    public LifeId Run { get; } = LifeId.Create();

    public SigningKey Key { get; } = SigningKey.Create();

    /// <summary>The sequence of the last record that was signed.</summary>
    public long Sequence { get; private set; }

    /// <summary>The receipts that its next records name.</summary>
    public IReadOnlyList<ReceiptSeen> Receipts { get; set; } = [];

    /// <summary>Signs the next record.</summary>
    public Envelope Next() => Next(Start.PlusMilliseconds(Sequence * interval));

    /// <summary>Signs the next record, of a moment.</summary>
    public Envelope Next(Instant at)
    {
        Sequence++;
        var envelope = Envelope.Sign(ContentTypes.Record, RecordCodec.Encode(Record(at)), Key);
        _previous = envelope.Digest;
        return envelope;
    }

    public void Dispose() => Key.Dispose();

    private StationRecord Record(Instant at) => new()
    {
        Header = new RecordHeader { Version = StationRecord.CurrentVersion, Deployment = Deployment, Station = Id, Run = Run, Sequence = Sequence, Previous = _previous },
        Wall = at,
        BootMilliseconds = Sequence * interval,
        Boot = Run,
        Clock = new ClockState(ClockStatus.Synchronised, 10, "kernel"),
        Configuration = Digest.Of([1]),
        Receipts = Receipts,
        Body = new ReadingsBody(at, [.. Parameters.Select(p => Reading(p.Code, p.Mantissa + (int)(Sequence % 17), p.Decimals, at))]),
    };

    private static Reading Reading(string code, int mantissa, int decimals, Instant at) => new()
    {
        Parameter = code,
        Value = new MeasuredValue(mantissa, -decimals),
        Unit = ParameterCatalogue.Find(code)!.Unit,
        Flag = "N",
        Instrument = "analyser",
        SampledFrom = at,
        SampledTo = at,
        Raw = mantissa.ToString("x8", CultureInfo.InvariantCulture),
    };
}
