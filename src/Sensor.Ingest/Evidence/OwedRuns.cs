using Sensor.Contracts;

namespace Sensor.Ingest.Evidence;

/// <summary>
/// Finds runs that reached further, as their successors say, than what is held of them. A receipt that says how little is held makes the station send
/// the rest again, also where an operator that restored a backup had receipted it.
/// </summary>
/// <remarks>Works inside the transaction of the evidence log; one thread at a time.</remarks>
internal sealed class OwedRuns(ISqlDatabase database, Func<string, LifeId, SequenceSet> covered)
{
    private const int Most = 8;
    private readonly HashSet<(string Station, LifeId Run)> _settled = [];
    private int _asked;

    /// <summary>One of the runs before a run, of several another each time; null where none is owed.</summary>
    public LifeId? Before(string station, LifeId run)
    {
        var owed = AllBefore(station, run);
        return owed.Count == 0 ? null : owed[_asked++ % owed.Count];
    }

    /// <summary>Forgets what was found, after a transaction that failed.</summary>
    public void Forget() => _settled.Clear();

    private List<LifeId> AllBefore(string station, LifeId run)
    {
        var (owed, walked, at) = (new List<LifeId>(), new HashSet<LifeId> { run }, run);
        while (!_settled.Contains((station, at)) && owed.Count < Most && Previous(station, at) is { } previous && walked.Add(previous.Run))
        {
            if (covered(station, previous.Run).Through < previous.Sequence)
            {
                owed.Add(previous.Run);
            }

            at = previous.Run;
        }

        // Behind a run whose first record is missing there may be more.
        if (owed.Count == 0 && covered(station, at).Through > 0)
        {
            _settled.Add((station, run));
        }

        return owed;
    }

    private (LifeId Run, long Sequence)? Previous(string station, LifeId run) => database.Query(
        "SELECT previous_run, previous_sequence FROM run WHERE station = $1 AND run = $2 AND previous_run IS NOT NULL", row => (row.Life(0), row.GetInt64(1)), station, run.ToArray()) is [var previous]
            ? previous
            : null;
}
