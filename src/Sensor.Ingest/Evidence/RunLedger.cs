using Sensor.Contracts;

namespace Sensor.Ingest.Evidence;

/// <summary>The continuity of runs: what is covered, what is missing, and where a run does not continue the one before as we hold it.</summary>
/// <remarks>Works inside the transaction of the evidence log; one thread at a time.</remarks>
internal sealed class RunLedger(Database database)
{
    private const int MostOwed = 8;

    private readonly Dictionary<(string Station, LifeId Run), SequenceSet> _covered = [];
    private readonly HashSet<(string Station, LifeId Run)> _settled = [];
    private int _asked;

    /// <summary>Takes a record that was just given its place.</summary>
    /// <returns>The run whose range a loss record closed, if it is one.</returns>
    public LifeId? Take(long index, RecordArrival arrival)
    {
        var header = arrival.Decoded.Header;
        Begin(index, header);
        Covered(header.Station, header.Run).Add(header.Sequence, header.Sequence);
        NoteRollbackOfSuccessor(header);
        return arrival.Decoded.Record?.Body is LossBody loss ? Close(index, header.Station, loss) : null;
    }

    /// <summary>Writes what changed of a run and tells how it stands.</summary>
    public RunStanding Save(string station, LifeId run)
    {
        var covered = Covered(station, run);
        database.Execute("UPDATE run SET covered = $3 WHERE station = $1 AND run = $2", station, run.ToArray(), covered.ToString());
        return Standing(station, run);
    }

    /// <summary>Forgets what was counted in memory, after a transaction that failed.</summary>
    public void Forget()
    {
        _covered.Clear();
        _settled.Clear();
    }

    /// <summary>
    /// A run before this one that reached further, as its successor says, than what is held of it; of several another each time. A receipt that
    /// says how little is held makes the station send the rest again, also where an operator restored from a backup had receipted it.
    /// </summary>
    public RunStanding? Owed(string station, LifeId run)
    {
        var owed = OwedBefore(station, run);
        return owed.Count == 0 ? null : Standing(station, owed[_asked++ % owed.Count]);
    }

    private RunStanding Standing(string station, LifeId run)
    {
        var covered = Covered(station, run);
        return new RunStanding(station, run, covered.Through, [.. covered.Beyond], DigestOf(station, run, covered.Through));
    }

    private List<LifeId> OwedBefore(string station, LifeId run)
    {
        var (owed, walked, at) = (new List<LifeId>(), new HashSet<LifeId> { run }, run);
        while (!_settled.Contains((station, at)) && owed.Count < MostOwed && Before(station, at) is { } previous && walked.Add(previous.Run))
        {
            if (Covered(station, previous.Run).Through < previous.Sequence)
            {
                owed.Add(previous.Run);
            }

            at = previous.Run;
        }

        // Behind a run whose first record is missing there may be more.
        if (owed.Count == 0 && Covered(station, at).Through > 0)
        {
            _settled.Add((station, run));
        }

        return owed;
    }

    private (LifeId Run, long Sequence)? Before(string station, LifeId run) => database.Query(
        "SELECT previous_run, previous_sequence FROM run WHERE station = $1 AND run = $2 AND previous_run IS NOT NULL", row => (row.Life(0), row.GetInt64(1)), station, run.ToArray()) is [var previous]
            ? previous
            : null;

    private void Begin(long index, RecordHeader header)
    {
        var previous = header.PreviousRun;
        database.Execute("INSERT OR IGNORE INTO run(station, run, first_idx, covered) VALUES($1, $2, $3, '')", header.Station, header.Run.ToArray(), index);
        if (previous is null)
        {
            return;
        }

        database.Execute(
            "UPDATE run SET previous_run = $3, previous_sequence = $4, previous_digest = $5 WHERE station = $1 AND run = $2",
            header.Station, header.Run.ToArray(), previous.Run.ToArray(), previous.Sequence, previous.Digest.ToArray());
        NoteRollback(header.Station, header.Run, previous);
    }

    private void NoteRollback(string station, LifeId run, PreviousRun previous)
    {
        var held = Covered(station, previous.Run).Greatest;
        var siblings = database.Number("SELECT count(*) FROM run WHERE station = $1 AND previous_run = $2", station, previous.Run.ToArray());
        var kind = held > previous.Sequence ? "forgot-records"
            : DigestOf(station, previous.Run, previous.Sequence) is { } digest && digest != previous.Digest ? "other-digest"
            : siblings > 1 ? "two-successors"
            : null;
        if (kind is not null)
        {
            database.Execute(
                "INSERT OR IGNORE INTO rollback(station, run, previous_run, kind, said, held) VALUES($1, $2, $3, $4, $5, $6)",
                station, run.ToArray(), previous.Run.ToArray(), kind, previous.Sequence, held);
        }
    }

    // The later run may arrive before the records that it forgot.
    private void NoteRollbackOfSuccessor(RecordHeader header)
    {
        var successors = database.Query(
            "SELECT run, previous_sequence, previous_digest FROM run WHERE station = $1 AND previous_run = $2 AND previous_sequence <= $3",
            row => (Run: row.Life(0), Previous: new PreviousRun(header.Run, row.GetInt64(1), row.Digest(2))),
            header.Station, header.Run.ToArray(), header.Sequence);
        foreach (var (run, previous) in successors)
        {
            NoteRollback(header.Station, run, previous);
        }
    }

    private LifeId Close(long index, string station, LossBody loss)
    {
        database.Execute("INSERT OR IGNORE INTO run(station, run, first_idx, covered) VALUES($1, $2, $3, '')", station, loss.Run.ToArray(), index);
        database.Execute(
            "INSERT INTO loss(idx, station, run, first, last, count, reason) VALUES($1, $2, $3, $4, $5, $6, $7)",
            index, station, loss.Run.ToArray(), loss.First, loss.Last, loss.Count, loss.Reason.ToString());
        Covered(station, loss.Run).Add(loss.First, loss.Last);
        return loss.Run;
    }

    private SequenceSet Covered(string station, LifeId run)
    {
        if (!_covered.TryGetValue((station, run), out var set))
        {
            var saved = database.Query("SELECT covered FROM run WHERE station = $1 AND run = $2", row => row.GetString(0), station, run.ToArray());
            set = saved is [var text] ? SequenceSet.Parse(text) : new SequenceSet();
            _covered.Add((station, run), set);
        }

        return set;
    }

    private Digest? DigestOf(string station, LifeId run, long sequence) =>
        database.Query("SELECT digest FROM evidence WHERE station = $1 AND run = $2 AND sequence = $3 AND standing = 'new'", row => row.Digest(0), station, run.ToArray(), sequence) is [var digest]
            ? digest
            : null;
}
