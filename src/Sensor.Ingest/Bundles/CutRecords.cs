using Sensor.Compliance.Agreements;
using Sensor.Compliance.Cuts;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts;
using Sensor.Ingest.Archives;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Observations;

namespace Sensor.Ingest.Bundles;

/// <summary>Collects from the evidence the records of a cut, and those without which their order and completeness could not be shown.</summary>
internal sealed class CutRecords(ISqlDatabase evidence)
{
    private const string Columns = "e.idx, e.received_at, e.envelope";

    /// <summary>The records in the order of a bundle.</summary>
    /// <param name="cut">The last record of each run.</param>
    /// <param name="agreement">What the outcome was decided by.</param>
    /// <param name="asOf">The moment as of which it was decided: until then checks of instruments may bear on it.</param>
    public IReadOnlyList<LoggedRecord> Of(IReadOnlyList<CutStation> cut, AgreementHistory agreement, Instant asOf)
    {
        var within = cut.SelectMany(c => Query("e.station = $1 AND e.run = $2 AND e.sequence <= $3", c.Station, c.Run.ToArray(), c.Sequence)).ToList();
        var losses = cut.SelectMany(c => Query("e.idx IN (SELECT idx FROM loss WHERE station = $1 AND run = $2 AND first <= $3)", c.Station, c.Run.ToArray(), c.Sequence));
        var clocks = agreement.Versions.Select(v => v.Data.Time?.Clocks).OfType<ClockTolerance>().Distinct().ToList();
        var checks = agreement.Versions.Any(v => v.Data.Checks is not null) ? cut.Select(c => c.Station).Distinct(StringComparer.Ordinal).SelectMany(station => Checks(station, asOf, clocks)) : [];
        return
        [
            .. within.Concat(Beginnings(within)).Concat(losses).Concat(checks).DistinctBy(r => r.Index)
                .OrderBy(r => r.Decoded.Header.Station, StringComparer.Ordinal).ThenBy(r => r.Decoded.Header.Run)
                .ThenBy(r => r.Decoded.Header.Sequence).ThenBy(r => r.Envelope.Digest),
        ];
    }

    /// <summary>The first records of the runs before, each of which names the one before it: they tell in which order the runs stand.</summary>
    private List<LoggedRecord> Beginnings(IEnumerable<LoggedRecord> records)
    {
        var (found, asked) = (new List<LoggedRecord>(), new HashSet<(string, LifeId)>());
        var waiting = new Queue<LoggedRecord>(records.Where(r => r.Decoded.Header.PreviousRun is not null));
        while (waiting.TryDequeue(out var record))
        {
            var (station, before) = (record.Decoded.Header.Station, record.Decoded.Header.PreviousRun!.Run);
            foreach (var first in asked.Add((station, before)) ? Query("e.station = $1 AND e.run = $2 AND e.sequence = 1", station, before.ToArray()) : [])
            {
                found.Add(first);
                if (first.Decoded.Header.PreviousRun is not null)
                {
                    waiting.Enqueue(first);
                }
            }
        }

        return found;
    }

    /// <summary>The checks, and what dates them: which of them bear on the outcome depends on when they were.</summary>
    private IEnumerable<LoggedRecord> Checks(string station, Instant until, List<ClockTolerance> clocks)
    {
        var runs = RunPasts.Of(evidence, station);
        var forks = evidence.Query("SELECT run, sequence FROM fork WHERE station = $1", row => (row.Life(0), row.GetInt64(1)), station).ToHashSet();
        var held = Query("e.station = $1 AND e.unmapped IS NULL", station).Where(r =>
            r.Decoded.Header.Sequence <= runs.Through(r.Decoded.Header.Run) && !forks.Contains((r.Decoded.Header.Run, r.Decoded.Header.Sequence))).ToList();
        var checks = held.Where(r => r.Decoded.Record is { Body: EventBody { Event.Type: EventType.Check or EventType.Calibration } } record && (clocks.Count > 0 || record.Wall <= until)).ToList();
        var anchors = clocks.SelectMany(c => Anchors(held, c, checks.Select(r => r.Envelope.Digest).ToHashSet())).ToHashSet();
        return checks.Concat(held.Where(r => anchors.Contains(r.Envelope.Digest)));
    }

    private static IEnumerable<Digest> Anchors(IEnumerable<LoggedRecord> held, ClockTolerance clocks, HashSet<Digest> dated) =>
        ObservationsOfRecords.Of(held.Select(r => new RecordInCut(r.Envelope.Digest, r.Decoded.Record!)), (_, _) => null, clocks: clocks)
            .Anchored.Where(a => dated.Contains(a.Record.Digest)).SelectMany(a => a.Anchors).Select(a => a.Digest);

    private List<LoggedRecord> Query(string where, params object?[] values) =>
        [.. evidence.Query($"SELECT {Columns} FROM evidence e WHERE {where} ORDER BY e.idx", row => (Index: row.GetInt64(0), ReceivedAt: row.Instant(1), Bytes: row.Bytes(2)), values)
            .Select(e => LoggedRecord.Read(e.Index, e.ReceivedAt, evidence.EnvelopeAt(e.Index, e.Bytes)))];
}
