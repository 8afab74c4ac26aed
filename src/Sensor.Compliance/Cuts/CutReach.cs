using Sensor.Compliance.Outcomes;
using Sensor.Contracts;

namespace Sensor.Compliance.Cuts;

/// <summary>
/// How far a cut reaches: to the last record of each run that a decision took in, and on until every record within it has the anchors that date it.
/// Whoever holds the records of the cut and no others then dates each of them the same, and misplaces none that the decision left out.
/// </summary>
public static class CutReach
{
    /// <summary>The last record of each run.</summary>
    /// <param name="taken">The records that a decision took in.</param>
    /// <param name="anchored">The records of the same stations that others date; empty where times were not resolved.</param>
    public static IReadOnlyList<CutStation> Of(IEnumerable<RecordInCut> taken, IEnumerable<AnchoredRecord> anchored)
    {
        var last = new Dictionary<(string Station, LifeId Run), RecordInCut>();
        Extend(last, taken);
        var open = anchored.ToList();
        while (open.ToLookup(a => IsWithin(last, a.Record)) is var split && split[true].Any())
        {
            Extend(last, split[true].SelectMany(a => a.Anchors));
            open = [.. split[false]];
        }

        return [.. last.Select(r => new CutStation(r.Key.Station, r.Key.Run, r.Value.Record.Header.Sequence, r.Value.Digest))];
    }

    private static void Extend(Dictionary<(string Station, LifeId Run), RecordInCut> last, IEnumerable<RecordInCut> records)
    {
        foreach (var record in records.Where(r => !IsWithin(last, r)))
        {
            last[RunOf(record)] = record;
        }
    }

    private static bool IsWithin(Dictionary<(string Station, LifeId Run), RecordInCut> last, RecordInCut record) =>
        last.TryGetValue(RunOf(record), out var end) && record.Record.Header.Sequence <= end.Record.Header.Sequence;

    private static (string Station, LifeId Run) RunOf(RecordInCut record) => (record.Record.Header.Station, record.Record.Header.Run);
}
