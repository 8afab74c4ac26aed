using Sensor.Compliance.Cuts;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Archives;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Observations;

/// <summary>A record with the operator's wall clock at its arrival.</summary>
/// <param name="Record">The record.</param>
/// <param name="ReceivedAt">When it was stored.</param>
/// <param name="IsPastComplete">Whether everything that the station says it recorded before is here too, or closed by a loss.</param>
internal sealed record HeldRecord(RecordInCut Record, Instant ReceivedAt, bool IsPastComplete);

/// <summary>Reads the records of a station back from the evidence.</summary>
internal static class RecordReader
{
    /// <summary>
    /// The understood records up to which each run is complete: what lies behind a gap waits until the gap is filled or closed,
    /// so that the last record of a run and its digest say which records are meant.
    /// </summary>
    public static IReadOnlyList<HeldRecord> Complete(ISqlDatabase evidence, string station)
    {
        var runs = RunPasts.Of(evidence, station);
        var torn = TornForks(evidence, station);
        return [.. evidence.Query("SELECT idx, digest, envelope, received_at FROM evidence WHERE station = $1 AND unmapped IS NULL ORDER BY idx", row => (Index: row.GetInt64(0), Digest: row.Digest(1), Bytes: row.Bytes(2), ReceivedAt: row.Instant(3)), station)
            .Select(e => (e.Digest, Record: Decode(evidence.EnvelopeAt(e.Index, e.Bytes)), e.ReceivedAt))
            .Where(e => e.Record.Header.Sequence <= runs.Through(e.Record.Header.Run))
            .Where(e => torn.Count == 0 || !torn.Contains((e.Record.Header.Run, e.Record.Header.Sequence)))
            .Select(e => new HeldRecord(new RecordInCut(e.Digest, e.Record), e.ReceivedAt, runs.IsPastComplete(e.Record.Header.Run)))];
    }

    /// <summary>Identities given to several records of which one is not understood: the other would look as if it were alone, and neither counts.</summary>
    private static HashSet<(LifeId Run, long Sequence)> TornForks(ISqlDatabase evidence, string station) => evidence.Query(
        "SELECT DISTINCT f.run, f.sequence FROM fork f JOIN evidence e ON e.station = f.station AND e.run = f.run AND e.sequence = f.sequence WHERE f.station = $1 AND e.unmapped IS NOT NULL",
        row => (row.Life(0), row.GetInt64(1)), station).ToHashSet();

    private static StationRecord Decode(byte[] bytes) =>
        Envelope.TryParse(bytes, out var envelope, out var refusal) && RecordCodec.TryDecode(envelope.Payload, out var decoded, out refusal) && decoded.Record is { } record
            ? record
            : throw new InvalidDataException($"the evidence holds a record that cannot be read: {refusal?.Detail}");
}
