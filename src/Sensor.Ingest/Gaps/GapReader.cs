using Sensor.Contracts;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Gaps;

/// <summary>Finds in the evidence what lacks.</summary>
internal sealed class GapReader(ISqlDatabase evidence)
{
    /// <summary>Every gap, by station and run.</summary>
    /// <param name="receipted">How far our own receipts went, by run.</param>
    public List<Gap> All(IReadOnlyDictionary<(string Station, LifeId Run), long> receipted)
    {
        var runs = evidence.Query(
            "SELECT station, run, covered, previous_run, previous_sequence FROM run",
            row => (Id: (Station: row.GetString(0), Run: row.Life(1)), Covered: SequenceSet.Parse(row.GetString(2)), Before: row.IsDBNull(3) ? default : ((LifeId Run, long Last)?)(row.Life(3), row.GetInt64(4))));
        var held = runs.ToDictionary(run => run.Id, run => run.Covered);
        var told = runs.Where(run => run.Before is not null).Select(run => ((run.Id.Station, run.Before!.Value.Run), run.Before!.Value.Last, GapSign.Successor))
            .Concat(receipted.Select(claim => (claim.Key, claim.Value, GapSign.Receipted)))
            .ToLookup(claim => claim.Item1, claim => (claim.Item2, claim.Item3));
        return [.. held.Keys.Union(told.Select(claim => claim.Key)).SelectMany(run => Of(run, held.GetValueOrDefault(run), told[run])).OrderBy(gap => gap.Station, StringComparer.Ordinal)];
    }

    /// <summary>The last run of each station, of which nobody but the station knows how far it went.</summary>
    public List<(string Station, LifeId Run)> LastRuns() => evidence.Query("SELECT station, run FROM station_last ORDER BY station", row => (row.GetString(0), row.Life(1)));

    private static IEnumerable<Gap> Of((string Station, LifeId Run) run, SequenceSet? held, IEnumerable<(long Last, GapSign Sign)> told)
    {
        var covered = held ?? new SequenceSet();
        var between = covered.Gaps.Select(gap => new Gap(run.Station, run.Run, gap.First, gap.Last, GapSign.Between));
        var furthest = told.OrderByDescending(claim => claim.Last).FirstOrDefault();
        return furthest.Last > covered.Greatest ? between.Append(new Gap(run.Station, run.Run, covered.Greatest + 1, furthest.Last, furthest.Sign)) : between;
    }
}
