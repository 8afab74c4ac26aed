using Sensor.Contracts;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Observations;

/// <summary>How far each run of a station is complete, and whether the runs before it are.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RunPasts
{
    private readonly Dictionary<LifeId, (long Through, LifeId? Before, long BeforeThrough)> _runs;
    private readonly Dictionary<LifeId, bool> _complete = [];

    private RunPasts(Dictionary<LifeId, (long Through, LifeId? Before, long BeforeThrough)> runs) => _runs = runs;

    /// <summary>The runs of a station as the evidence holds them.</summary>
    public static RunPasts Of(ISqlDatabase evidence, string station) => new(evidence.Query(
        "SELECT run, covered, previous_run, previous_sequence FROM run WHERE station = $1",
        row => (Run: row.Life(0), SequenceSet.Parse(row.GetString(1)).Through, Before: row.IsDBNull(2) ? null : (LifeId?)row.Life(2), BeforeThrough: row.OptionalNumber(3) ?? 0),
        station).ToDictionary(r => r.Run, r => (r.Through, r.Before, r.BeforeThrough)));

    /// <summary>Every sequence of a run from 1 to this one is held or closed by a loss.</summary>
    public long Through(LifeId run) => _runs.TryGetValue(run, out var held) ? held.Through : 0;

    /// <summary>Whether the run before, and those before it, are held as far as their successors say they went. Runs that name each other in a circle have no complete past.</summary>
    public bool IsPastComplete(LifeId run)
    {
        // A loop, not a recursion: a station may have had very many runs.
        var (asked, complete) = (new HashSet<LifeId>(), false);
        while (!_complete.TryGetValue(run, out complete) && asked.Add(run) && _runs.TryGetValue(run, out var held))
        {
            complete = held.Before is null;
            if (held.Before is not { } before || Through(before) < held.BeforeThrough)
            {
                break;
            }

            run = before;
        }

        foreach (var known in asked)
        {
            _complete[known] = complete;
        }

        return complete;
    }
}
