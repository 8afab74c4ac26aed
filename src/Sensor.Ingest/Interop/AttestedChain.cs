using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Interop;

/// <summary>Signs the records of one imported station, a run for each process life, each record naming the one before.</summary>
/// <remarks>A number counts as taken only when its record is durable. One caller at a time, who holds <see cref="Turn"/>.</remarks>
internal sealed class AttestedChain(string deployment, string station, SigningKey key, ISqlDatabase evidence, TimeProvider time) : IDisposable
{
    private readonly LifeId _boot = LifeId.Create();
    private readonly long _started = time.GetTimestamp();
    private LifeId? _run;
    private PreviousRun? _last;
    private PreviousRun? _before;

    /// <summary>Held by whoever imports for the station.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    public PublicKey Key => key.Public;

    /// <summary>Signs what follows the last durable record; nothing is taken yet.</summary>
    public IReadOnlyList<Envelope> Sign(IReadOnlyList<ReadingsBody> bodies, Digest configuration)
    {
        Begin();
        var (sequence, previous, signed) = (_last?.Sequence ?? 0, _last?.Digest, new List<Envelope>());
        foreach (var body in bodies)
        {
            var record = Record(body, ++sequence, previous, configuration);
            signed.Add(Envelope.Sign(ContentTypes.Record, RecordCodec.Encode(record), key));
            previous = signed[^1].Digest;
        }

        return signed;
    }

    /// <summary>Takes the numbers of records that are durable.</summary>
    public void Durable(IReadOnlyList<Envelope> signed) => _last = new PreviousRun(_run!.Value, (_last?.Sequence ?? 0) + signed.Count, signed[^1].Digest);

    /// <summary>After a failure nobody knows what is durable: what follows is a run of its own, which names what the evidence holds.</summary>
    public void Forget() => _run = null;

    public void Dispose()
    {
        Turn.Dispose();
        key.Dispose();
    }

    private void Begin()
    {
        if (_run is null)
        {
            _run = LifeId.Create();
            _last = null;
            _before = evidence.Query(
                "SELECT run, sequence, digest FROM evidence WHERE station = $1 ORDER BY idx DESC LIMIT 1", row => new PreviousRun(row.Life(0), row.GetInt64(1), row.Digest(2)), station).FirstOrDefault();
        }
    }

    // The clock is the operator's, whose quality nobody here measures; the readings are dated by their source.
    private StationRecord Record(ReadingsBody body, long sequence, Digest? previous, Digest configuration) => new()
    {
        Header = new RecordHeader
        {
            Version = StationRecord.CurrentVersion, Deployment = deployment, Station = station, Run = _run!.Value, Sequence = sequence,
            Previous = previous, PreviousRun = sequence == 1 ? _before : null,
        },
        Wall = Instant.From(time.GetUtcNow()),
        BootMilliseconds = (long)time.GetElapsedTime(_started).TotalMilliseconds,
        Boot = _boot,
        Clock = new ClockState(ClockStatus.Unknown, null, "operator"),
        Configuration = configuration,
        Body = body,
    };
}
