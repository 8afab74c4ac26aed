using Sensor.Contracts;

namespace Sensor.Ingest.Evidence;

/// <summary>The continuity of runs: what is covered, what is missing, and where a run does not continue the one before as we hold it.</summary>
/// <remarks>Works inside the transaction of the evidence log; one thread at a time.</remarks>
internal sealed class RunLedger
{
    private readonly Dictionary<(string Station, LifeId Run), SequenceSet> _covered = [];
    private readonly Dictionary<(string Station, LifeId Run), (long Sequence, Digest Digest)> _newest = [];
    private readonly HashSet<(string Station, LifeId Run)> _entered = [];
    private readonly ISqlDatabase _database;
    private readonly Rollbacks _rollbacks;
    private readonly OwedRuns _owed;
    private long _index;

    public RunLedger(ISqlDatabase database)
    {
        _database = database;
        _rollbacks = new Rollbacks(database, (station, run) => Covered(station, run).Greatest, (station, run, sequence) => DigestOf(station, run, sequence, _index));
        _owed = new OwedRuns(database, Covered);
    }

    /// <summary>Whether a record with this identity is held, or a loss closed its place; where not, the evidence need not be asked.</summary>
    public bool Covers(RecordHeader header) => Covered(header.Station, header.Run).Contains(header.Sequence);

    /// <summary>Takes a record that was just given its place.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="arrival">The record.</param>
    /// <param name="isFork">Whether another record has its identity.</param>
    /// <returns>The run whose range a loss record closed, if it is one.</returns>
    public LifeId? Take(long index, RecordArrival arrival, bool isFork)
    {
        var header = arrival.Decoded.Header;
        _index = index;
        Covered(header.Station, header.Run).Add(header.Sequence, header.Sequence);
        if (!isFork)
        {
            _newest[(header.Station, header.Run)] = (header.Sequence, arrival.Envelope.Digest);
        }

        Begin(index, header, arrival.Envelope.KeyId);
        _rollbacks.Continued(header);
        return arrival.Decoded.Record?.Body is LossBody loss ? Close(index, header.Station, loss) : null;
    }

    /// <summary>Writes what changed of a run and tells how it stands.</summary>
    public RunStanding Save(string station, LifeId run)
    {
        var covered = Covered(station, run);
        _database.Execute("UPDATE run SET covered = $3 WHERE station = $1 AND run = $2", station, run.ToArray(), covered.ToString());
        return Standing(station, run);
    }

    /// <summary>How a run stands.</summary>
    public RunStanding Standing(string station, LifeId run)
    {
        var covered = Covered(station, run);
        return new RunStanding(station, run, covered.Through, [.. covered.Beyond], DigestAt(station, run, covered.Through));
    }

    /// <summary>Forgets what was counted in memory, after a transaction that failed.</summary>
    public void Forget()
    {
        _covered.Clear();
        _newest.Clear();
        _entered.Clear();
        _rollbacks.Forget();
        _owed.Forget();
    }

    /// <summary>Which sequences of a run are held or closed by a loss, as it was last written.</summary>
    public static SequenceSet Covered(ISqlDatabase database, string station, LifeId run) =>
        database.Query("SELECT covered FROM run WHERE station = $1 AND run = $2", row => row.GetString(0), station, run.ToArray()) is [var text] ? SequenceSet.Parse(text) : new SequenceSet();

    /// <summary>How runs before these stand of which less is held than their successors say there is.</summary>
    public IReadOnlyList<RunStanding> Owed(IEnumerable<(string Station, LifeId Run)> runs) =>
        [.. from run in runs let owed = _owed.Before(run.Station, run.Run) where owed is not null select Standing(run.Station, owed.Value)];

    private void Begin(long index, RecordHeader header, Digest key)
    {
        Enter(index, header.Station, header.Run);
        if (header.PreviousRun is { } previous)
        {
            _database.Execute(
                "UPDATE run SET previous_run = $3, previous_sequence = $4, previous_digest = $5 WHERE station = $1 AND run = $2",
                header.Station, header.Run.ToArray(), previous.Run.ToArray(), previous.Sequence, previous.Digest.ToArray());
            _rollbacks.Begun(header, previous);
        }
        else if (header.Sequence == 1)
        {
            _rollbacks.Begun(header, key, index);
        }
    }

    private void Enter(long index, string station, LifeId run)
    {
        if (_entered.Add((station, run)))
        {
            _database.Execute("INSERT INTO run(station, run, first_idx, covered) VALUES($1, $2, $3, '') ON CONFLICT DO NOTHING", station, run.ToArray(), index);
        }
    }

    private LifeId Close(long index, string station, LossBody loss)
    {
        Enter(index, station, loss.Run);
        _database.Execute(
            "INSERT INTO loss(idx, station, run, first, last, count, reason) VALUES($1, $2, $3, $4, $5, $6, $7)",
            index, station, loss.Run.ToArray(), loss.First, loss.Last, loss.Count, loss.Reason.ToString());
        Covered(station, loss.Run).Add(loss.First, loss.Last);
        return loss.Run;
    }

    private SequenceSet Covered(string station, LifeId run)
    {
        if (!_covered.TryGetValue((station, run), out var set))
        {
            set = Covered(_database, station, run);
            _covered.Add((station, run), set);
        }

        return set;
    }

    private Digest? DigestAt(string station, LifeId run, long sequence) =>
        _newest.TryGetValue((station, run), out var newest) && newest.Sequence == sequence ? newest.Digest : DigestOf(station, run, sequence, long.MaxValue);

    // A rebuild looks only at what stood before the record, as the first time.
    private Digest? DigestOf(string station, LifeId run, long sequence, long upTo) =>
        _database.Query("SELECT digest FROM evidence WHERE station = $1 AND run = $2 AND sequence = $3 AND standing = 'new' AND idx <= $4", row => row.Digest(0), station, run.ToArray(), sequence, upTo) is [var digest]
            ? digest
            : null;
}
