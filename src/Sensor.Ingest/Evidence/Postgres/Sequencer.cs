using Npgsql;
using Sensor.Contracts;

namespace Sensor.Ingest.Evidence.Postgres;

/// <summary>
/// Gives what workers stored its dense index and advances the Merkle tree, with the code that SQLite uses. There is one at a time: an advisory
/// lock elects it, and its term fences it: every transaction first locks the row of the term and ends where the term is another, so that one
/// which lost its lock without knowing cannot write.
/// </summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class Sequencer : IDisposable
{
    private const int MostAtOnce = 2048;
    private readonly PostgresDatabase _lock;
    private readonly PostgresDatabase _write;
    private readonly Incoming _incoming;
    private readonly TimeProvider _time;
    private EvidenceLog? _log;

    /// <summary>Opens the sessions of a candidate.</summary>
    public Sequencer(string connection, TimeProvider time)
    {
        _time = time;
        _lock = PostgresDatabase.Open(connection, listen: Incoming.Came);
        try
        {
            _write = PostgresDatabase.Open(connection, Fence);
            _incoming = new Incoming(_write);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>The term; 0 before <see cref="TryBegin"/>.</summary>
    public long Term { get; private set; }

    /// <summary>The server's process that holds the lock.</summary>
    public int LockProcessId => _lock.ProcessId;

    /// <summary>The session whose transactions are fenced.</summary>
    public PostgresDatabase Write => _write;

    /// <summary>Becomes the sequencer; false while another is.</summary>
    /// <exception cref="IOException">Rows of the evidence are missing.</exception>
    public bool TryBegin(ILogger logger)
    {
        if (!AdvisoryLocks.TryHold(_lock, AdvisoryLocks.Sequencer))
        {
            return false;
        }

        // Waits here until a transaction of the one before has ended.
        Term = _lock.Number("INSERT INTO sequencer(id, term) VALUES(1, 1) ON CONFLICT(id) DO UPDATE SET term = sequencer.term + 1 RETURNING term")!.Value;
        _write.Transaction(() =>
        {
            new FrontierStore(_write).Repair(logger);
            return true;
        });
        _incoming.Sweep(Instant.From(_time.GetUtcNow()));
        return true;
    }

    /// <summary>Takes what waits, in one transaction.</summary>
    /// <returns>What became of it; null where nothing waits.</returns>
    /// <exception cref="FencedException">Another is the sequencer.</exception>
    public AppendResult? Pass() => Pass(MostAtOnce);

    /// <summary>Waits until a worker stored something, at most for a time.</summary>
    public void WaitForNews(TimeSpan most) => _lock.WaitForNews(most);

    public void Dispose()
    {
        _write.Dispose();
        _lock.Dispose();
    }

    // What cannot be stored must not hold up what waits behind it: halving finds it.
    private AppendResult? Pass(int most)
    {
        try
        {
            return _write.Transaction(() => Take(most));
        }
        catch (Exception e) when (IsOfTheData(e))
        {
            _log = null;
            return most > 1 ? Pass(most / 2) : Fail(e);
        }
        catch
        {
            // What was counted in memory did not become durable.
            _log = null;
            throw;
        }
    }

    private AppendResult? Take(int most)
    {
        var rows = _incoming.Waiting(most);
        if (rows.Count == 0)
        {
            return null;
        }

        var result = (_log ??= new EvidenceLog(_write, _time, new ObservationMonths(_write))).AppendWithin([.. rows.Select(row => row.Arrival)]);
        _incoming.Land([.. rows.Select(row => row.Id)], result.Landings);
        return result;
    }

    private AppendResult Fail(Exception e)
    {
        _incoming.Fail(e.Message);
        return new AppendResult([], [], [], FrontierStore.CheckpointOf(_write));
    }

    private static bool IsOfTheData(Exception e) =>
        e is ArgumentException or InvalidDataException or OverflowException or InvalidCastException
        || (e is PostgresException { SqlState: var state } && (state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal) || state.StartsWith("54", StringComparison.Ordinal)));

    private void Fence(PostgresDatabase database)
    {
        var current = database.Number("SELECT term FROM sequencer WHERE id = 1 FOR UPDATE");
        if (current != Term)
        {
            throw new FencedException(Term, current);
        }
    }
}
