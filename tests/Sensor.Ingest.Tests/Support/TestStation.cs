using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Tests.Support;

/// <summary>Signs records as a station would.</summary>
internal sealed class TestStation(string id, string deployment = "test") : IDisposable
{
    public static readonly Instant Start = new(1_600_000_000_000);

    private Digest? _previous;
    private PreviousRun? _previousRun;

    public string Id { get; } = id;

    public SigningKey Key { get; } = SigningKey.Create();

    public LifeId Run { get; private set; } = LifeId.Create();

    public long Sequence { get; private set; }

    /// <summary>How far its clock can be trusted in the records to come.</summary>
    public ClockState Clock { get; set; } = new(ClockStatus.Synchronised, 10, "kernel");

    /// <summary>Milliseconds of CLOCK_BOOTTIME in the records to come; null for a second per record.</summary>
    public long? BootMilliseconds { get; set; }

    /// <summary>The receipts that its next records name.</summary>
    public IReadOnlyList<ReceiptSeen> Receipts { get; set; } = [];

    /// <summary>The last state that the station remembers: a new run names it.</summary>
    public PreviousRun Memory => new(Run, Sequence, _previous!.Value);

    public Envelope Next(string value = "1.00", Instant? sampled = null, string parameter = ParameterCatalogue.CodMn)
    {
        var at = sampled ?? Start.PlusMilliseconds((Sequence + 1) * 3_600_000);
        return Next(new ReadingsBody(at, [Reading(parameter, value, at)]), at);
    }

    public Envelope Next(RecordBody body, Instant? wall = null)
    {
        var envelope = Sign(body, Sequence + 1, wall);
        Sequence++;
        _previous = envelope.Digest;
        return envelope;
    }

    /// <summary>Another content for the number that comes next or came last; the station's memory does not change.</summary>
    public Envelope Sign(RecordBody body, long sequence, Instant? wall = null) => Envelope.Sign(ContentTypes.Record, Payload(body, sequence, wall), Key);

    /// <summary>A record of a version that nobody knows yet.</summary>
    public Envelope SignLaterVersion()
    {
        var payload = Payload(Readings("1", Start), Sequence + 1, null);
        Assert.Equal([0, 1], payload.AsSpan(1, 2).ToArray());
        payload[2] = 2;
        return Envelope.Sign(ContentTypes.Record, payload, Key);
    }

    private byte[] Payload(RecordBody body, long sequence, Instant? wall) => RecordCodec.Encode(new StationRecord
    {
        Header = new RecordHeader
        {
            Version = StationRecord.CurrentVersion, Deployment = deployment, Station = Id, Run = Run, Sequence = sequence,
            Previous = sequence == 1 ? null : _previous ?? Digest.Of([1]), PreviousRun = sequence == 1 ? _previousRun : null,
        },
        Wall = wall ?? Start.PlusMilliseconds(sequence * 3_600_000),
        BootMilliseconds = BootMilliseconds ?? sequence * 1000,
        Boot = Run,
        Clock = Clock,
        Configuration = Digest.Of([7]),
        Receipts = Receipts,
        Body = body,
    });

    public static ReadingsBody Readings(string value, Instant at) => new(at, [Reading(ParameterCatalogue.CodMn, value, at)]);

    public static Reading Reading(string parameter, string value, Instant at, string unit = "mg/L", string flag = "N") => new()
    {
        Parameter = parameter, Value = MeasuredValue.Parse(value), Unit = unit, Flag = flag, Instrument = "probe", SampledFrom = at, SampledTo = at,
    };

    /// <summary>Begins another process life that remembers some state of the one before.</summary>
    public void Restart(PreviousRun? memory)
    {
        _previousRun = memory;
        _previous = null;
        Run = LifeId.Create();
        Sequence = 0;
    }

    public void Dispose() => Key.Dispose();
}
