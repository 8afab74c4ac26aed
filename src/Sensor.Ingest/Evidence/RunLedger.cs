using Sensor.Contracts;

namespace Sensor.Ingest.Evidence;

/// <summary>The continuity of runs: what is covered, what is missing, and where a run does not continue the one before as we hold it.</summary>
/// <remarks>Works inside the transaction of the evidence log; one thread at a time.</remarks>
internal sealed class RunLedger(ISqlDatabase database)
{
    private readonly Dictionary<(string Station, LifeId Run), SequenceSet> _covered = [];
    private long _index;

    /// <summary>Takes a record that was just given its place.</summary>
    /// <returns>The run whose range a loss record closed, if it is one.</returns>
    public LifeId? Take(long index, RecordArrival arrival)
    {
        var header = arrival.Decoded.Header;
        _index = index;
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

    /// <summary>How a run stands.</summary>
    public RunStanding Standing(string station, LifeId run)
    {
        var covered = Covered(station, run);
        return new RunStanding(station, run, covered.Through, [.. covered.Beyond], DigestOf(station, run, covered.Through, long.MaxValue));
    }

    /// <summary>Forgets what was counted in memory, after a transaction that failed.</summary>
    public void Forget() => _covered.Clear();

    private void Begin(long index, RecordHeader header)
    {
        var previous = header.PreviousRun;
        database.Execute("INSERT INTO run(station, run, first_idx, covered) VALUES($1, $2, $3, '') ON CONFLICT DO NOTHING", header.Station, header.Run.ToArray(), index);
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
            : DigestOf(station, previous.Run, previous.Sequence, _index) is { } digest && digest != previous.Digest ? "other-digest"
            : siblings > 1 ? "two-successors"
            : null;
        if (kind is not null)
        {
            database.Execute(
                "INSERT INTO rollback(station, run, previous_run, kind, said, held) VALUES($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
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
        database.Execute("INSERT INTO run(station, run, first_idx, covered) VALUES($1, $2, $3, '') ON CONFLICT DO NOTHING", station, loss.Run.ToArray(), index);
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

    // A rebuild looks only at what stood before the record, as the first time.
    private Digest? DigestOf(string station, LifeId run, long sequence, long upTo) =>
        database.Query("SELECT digest FROM evidence WHERE station = $1 AND run = $2 AND sequence = $3 AND standing = 'new' AND idx <= $4", row => row.Digest(0), station, run.ToArray(), sequence, upTo) is [var digest]
            ? digest
            : null;
}
