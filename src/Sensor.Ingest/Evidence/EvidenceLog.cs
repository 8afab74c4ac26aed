using Microsoft.Extensions.Logging.Abstractions;
using Sensor.Contracts;
using Sensor.Contracts.Evidence;

namespace Sensor.Ingest.Evidence;

/// <summary>
/// The evidence log: what enrolled keys signed, in order of arrival, append-only, with its Merkle tree. One transaction takes all that waits;
/// when <see cref="Append"/> returns, it survives a loss of power.
/// </summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class EvidenceLog : IEvidenceStore
{
    private readonly ISqlDatabase _database;
    private readonly TimeProvider _time;
    private readonly PendingStore _pending;
    private readonly DeadLetters _deadLetters;
    private readonly RunLedger _runs;
    private readonly RecordProjection _projection;
    private readonly FrontierStore _frontiers;
    private readonly AttestedStore _attested;
    private MerkleFrontier _frontier;
    private int _repeats;

    /// <summary>The log in a database whose frontier fits its evidence.</summary>
    /// <param name="database">Where it is; the log closes it.</param>
    /// <param name="time">The clock of the times of arrival that nobody noted.</param>
    /// <param name="partitions">Makes room for observations; null where no room is needed.</param>
    public EvidenceLog(ISqlDatabase database, TimeProvider time, IObservationPartitions? partitions = null)
    {
        _database = database;
        _time = time;
        _pending = new PendingStore(database);
        _deadLetters = new DeadLetters(database);
        _runs = new RunLedger(database);
        _projection = new RecordProjection(database, _runs, new ObservationTable(database, partitions));
        _frontiers = new FrontierStore(database);
        _frontier = _frontiers.Load();
        _attested = new AttestedStore(database);
    }

    /// <summary>The name of the file in a data directory.</summary>
    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "evidence.db");

    /// <summary>Opens or makes the log of a data directory.</summary>
    /// <param name="dataDirectory">The folder, held by this process.</param>
    /// <param name="time">The clock of the times of arrival.</param>
    /// <param name="logger">Says what had to be made anew; nothing by default.</param>
    /// <param name="synchronisation">Anything but full is for the trials that show why it is full.</param>
    /// <exception cref="IOException">Rows of the evidence are missing.</exception>
    public static EvidenceLog Open(string dataDirectory, TimeProvider time, ILogger? logger = null, Synchronisation synchronisation = Synchronisation.Full)
    {
        var database = Database.OpenForWriting(PathIn(dataDirectory), EvidenceSchema.Versions, synchronisation);
        try
        {
            new FrontierStore(database).Repair(logger ?? NullLogger.Instance);
            return new EvidenceLog(database, time);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The log as it is durable.</summary>
    public LogCheckpoint Checkpoint => new(_frontier.Size, _frontier.Root());

    /// <summary>Records that wait for their keys.</summary>
    public PendingStore Pending => _pending;

    /// <inheritdoc/>
    /// <remarks>One transaction, all or none.</remarks>
    public AppendResult Append(IReadOnlyList<Arrival> arrivals)
    {
        try
        {
            return _database.Transaction(() => AppendWithin(arrivals));
        }
        catch
        {
            // What was counted in memory did not become durable.
            _frontier = _frontiers.Load();
            _runs.Forget();
            _projection.Forget();
            _pending.Forget();
            throw;
        }
    }

    /// <summary>Takes arrivals inside a transaction of the caller, who gives this log up when it fails.</summary>
    public AppendResult AppendWithin(IReadOnlyList<Arrival> arrivals)
    {
        var touched = new HashSet<(string Station, LifeId Run)>();
        var before = _frontier.Size;
        _repeats = 0;
        var landings = arrivals.Select(arrival => Land(arrival, touched)).ToList();
        _projection.Flush();
        if (_frontier.Size > before)
        {
            _frontiers.Save(_frontier);
        }

        var runs = touched.Select(run => _runs.Save(run.Station, run.Run)).ToList();
        return ClockSuspicion.Counted(new AppendResult([.. arrivals.Select(Plain)], landings, runs, Checkpoint, _repeats) { Owed = _runs.Owed(touched) }, Instant.From(_time.GetUtcNow()));
    }

    /// <inheritdoc/>
    /// <remarks>One transaction, all or none.</remarks>
    public AppendResult TakeUpPending(IReadOnlySet<Digest> keyIds, Func<string, ReadOnlyMemory<byte>, Arrival> examine)
    {
        var waiting = _pending.Of(keyIds);
        return waiting.Count == 0
            ? new AppendResult([], [], [], Checkpoint)
            : Append([.. waiting.Select(w => new TakenUp(w.Id, examine(w.Topic, w.Envelope)))]);
    }

    public void Dispose() => _database.Dispose();

    private long At(Arrival arrival) => (arrival.ReceivedAt ?? Instant.From(_time.GetUtcNow())).UnixMilliseconds;

    private Landing Land(Arrival arrival, HashSet<(string, LifeId)> touched)
    {
        switch (arrival)
        {
            case TakenUp taken:
                _pending.Remove(taken.Id);
                return Land(taken.Arrival, touched);
            case RecordArrival record:
                touched.Add((record.Decoded.Header.Station, record.Decoded.Header.Run));
                return Land(record, touched);
            case PendingArrival pending:
                return LandPending(pending);
            case RefusedArrival refused:
                _deadLetters.Add(refused, At(refused));
                return Landing.Refused;
            default:
                throw new ArgumentException(arrival.GetType().Name, nameof(arrival));
        }
    }

    private Landing LandPending(PendingArrival pending)
    {
        var landing = _pending.Add(pending, At(pending));
        if (landing == Landing.Refused)
        {
            _deadLetters.Add(new RefusedArrival(pending.Topic, "pending-full", $"key {pending.Envelope.KeyId} is not enrolled and no more can be kept for unknown keys", pending.Envelope.Bytes), At(pending));
        }

        return landing;
    }

    private Landing Land(RecordArrival arrival, HashSet<(string, LifeId)> touched)
    {
        var header = arrival.Decoded.Header;
        var digest = arrival.Envelope.Digest;
        var known = _runs.Covers(header);
        if (known && _database.Number("SELECT idx FROM evidence WHERE digest = $1", digest.ToArray()) is not null)
        {
            return Landing.Repeat;
        }

        var first = known ? _database.Number("SELECT min(idx) FROM evidence WHERE station = $1 AND run = $2 AND sequence = $3", header.Station, header.Run.ToArray(), header.Sequence) : null;
        var index = _frontier.Size;
        _frontier.Append(digest.ToArray());
        _database.Execute(
            "INSERT INTO evidence(idx, station, run, sequence, digest, envelope, received_at, standing, unmapped) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            index, header.Station, header.Run.ToArray(), header.Sequence, digest.ToArray(), arrival.Envelope.Bytes, At(arrival), first is null ? "new" : "fork", arrival.Decoded.Unmapped);
        Project(arrival, index, first, touched);
        return first is null ? Landing.New : Landing.Fork;
    }

    private void Project(RecordArrival arrival, long index, long? first, HashSet<(string, LifeId)> touched)
    {
        var (closed, repeats) = _projection.Take(arrival, index, first, At(arrival));
        _repeats += repeats ? 1 : 0;
        if (closed is { } run)
        {
            touched.Add((arrival.Decoded.Header.Station, run));
        }

        _attested.Add(index, arrival, At(arrival));
    }

    private static Arrival Plain(Arrival arrival) => arrival is TakenUp taken ? taken.Arrival : arrival;
}
