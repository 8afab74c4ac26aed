using System.Diagnostics;
using Sensor.Contracts;

namespace Sensor.Ingest.Evidence.Postgres;

/// <summary>
/// Evidence in PostgreSQL, for several workers at once: what arrives is made durable without an index, and <see cref="Append"/> returns
/// when the sequencer, here or in another worker, has given everything its place.
/// </summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class PostgresEvidenceStore : IEvidenceStore
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private readonly PostgresDatabase _database;
    private readonly Incoming _incoming;
    private readonly TimeProvider _time;
    private readonly SequencerLoop? _sequencing;
    private readonly bool _announces;

    private PostgresEvidenceStore(PostgresDatabase database, TimeProvider time, SequencerLoop? sequencing, bool announces)
    {
        (_database, _incoming, _time, _sequencing, _announces) = (database, new Incoming(database), time, sequencing, announces);
    }

    /// <summary>Opens the store and makes its tables where there are none.</summary>
    /// <param name="connection">The connection string of <see cref="PostgresSettings"/>.</param>
    /// <param name="time">The clock of the times of arrival.</param>
    /// <param name="logger">Says what happens to the sequencer.</param>
    /// <param name="sequences">Whether this worker stands for sequencer; false leaves it to others.</param>
    /// <param name="announces">Whether the runs that were touched are said to the service that publishes receipts and decides.</param>
    public static PostgresEvidenceStore Open(string connection, TimeProvider time, ILogger logger, bool sequences = true, bool announces = false)
    {
        var database = PostgresDatabase.Open(connection, listen: Incoming.Sequenced);
        try
        {
            PostgresSchema.Prepare(database);
            return new PostgresEvidenceStore(database, time, sequences ? new SequencerLoop(connection, time, logger) : null, announces);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public LogCheckpoint Checkpoint => FrontierStore.CheckpointOf(_database);

    /// <inheritdoc/>
    /// <exception cref="IOException">No sequencer answered in time; what was stored gets its place later.</exception>
    public AppendResult Append(IReadOnlyList<Arrival> arrivals)
    {
        var batch = Guid.NewGuid();
        var now = Instant.From(_time.GetUtcNow());
        _incoming.Put(batch, arrivals, now);
        return ClockSuspicion.Counted(Told(arrivals, Await(batch)), now);
    }

    public AppendResult TakeUpPending(IReadOnlySet<Digest> keyIds, Func<string, ReadOnlyMemory<byte>, Arrival> examine)
    {
        var waiting = new PendingStore(_database).Of(keyIds);
        return waiting.Count == 0
            ? new AppendResult([], [], [], Checkpoint)
            : Append([.. waiting.Select(w => new TakenUp(w.Id, examine(w.Topic, w.Envelope)))]);
    }

    public void Dispose()
    {
        _sequencing?.Dispose();
        _database.Dispose();
    }

    private IReadOnlyList<Landing> Await(Guid batch)
    {
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < LongestWait)
        {
            if (_incoming.LandingsOf(batch) is { } landings)
            {
                return landings;
            }

            _database.WaitForNews(Look);
        }

        throw new IOException($"{_database.Place}: nobody gave {batch} its place within {LongestWait.TotalSeconds} s. Look for a worker that hangs with the sequencer's lock (pg_locks).");
    }

    private AppendResult Told(IReadOnlyList<Arrival> arrivals, IReadOnlyList<Landing> landings)
    {
        IReadOnlyList<Arrival> plain = [.. arrivals.Select(a => a is TakenUp taken ? taken.Arrival : a)];
        var records = plain.OfType<RecordArrival>().ToList();
        var fresh = plain.Zip(landings).Where(p => p.Second is Landing.New or Landing.Fork).Select(p => (RecordArrival)p.First);
        var ledger = new RunLedger(_database);
        var touched = records.SelectMany(RunsOf).Distinct().ToList();
        if (_announces)
        {
            TouchedRuns.Announce(_database, touched);
        }

        var runs = touched.Select(run => ledger.Standing(run.Station, run.Run)).ToList();
        return new AppendResult(plain, landings, runs, Checkpoint, Repeats([.. fresh.Where(r => r.Decoded.Record?.Body is ReadingsBody)])) { Owed = ledger.Owed(touched) };
    }

    private static IEnumerable<(string Station, LifeId Run)> RunsOf(RecordArrival record)
    {
        var header = record.Decoded.Header;
        yield return (header.Station, header.Run);
        if (record.Decoded.Record?.Body is LossBody loss)
        {
            yield return (header.Station, loss.Run);
        }
    }

    private int Repeats(IReadOnlyList<RecordArrival> readings) => readings.Count == 0 ? 0 : (int)_database.Number(
        "SELECT count(*) FROM evidence e WHERE e.digest = ANY($1) AND NOT EXISTS (SELECT 1 FROM observation o WHERE o.idx = e.idx)",
        (object)readings.Select(r => r.Envelope.Digest.ToArray()).ToArray())!.Value;
}
