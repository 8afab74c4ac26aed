using Sensor.Compliance.Cuts;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Archives;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Projection;

/// <summary>A row of the evidence log as the projection needs it.</summary>
/// <param name="Index">Its index in the log.</param>
/// <param name="Header">Who the record is.</param>
/// <param name="IsFork">Whether another record with this identity came before it.</param>
/// <param name="Readings">Its readings; none where it holds none or is not understood.</param>
internal sealed record EvidenceRow(long Index, RecordHeader Header, bool IsFork, IReadOnlyList<Reading> Readings);

/// <summary>Everything that the projection reads of the evidence, on a connection of its own.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EvidenceCursor(ISqlDatabase evidence) : IDisposable
{
    /// <summary>Opens the evidence of an ingest, wherever it is kept.</summary>
    public static EvidenceCursor Open(IngestConfiguration configuration) => new(EvidenceStores.OpenForReading(configuration));

    /// <summary>The rows after an index, in their order.</summary>
    public IReadOnlyList<EvidenceRow> After(long index, int limit) => [.. evidence.Query(
        "SELECT idx, envelope, standing FROM evidence WHERE idx > $1 ORDER BY idx LIMIT $2",
        row => (Index: row.GetInt64(0), Bytes: row.Bytes(1), IsFork: row.GetString(2) == "fork"), index, limit)
        .Select(row => Decode(row.Index, evidence.EnvelopeAt(row.Index, row.Bytes), row.IsFork))];

    /// <summary>The last index; -1 where there is none.</summary>
    public long Last() => evidence.Number("SELECT max(idx) FROM evidence") ?? -1;

    /// <summary>Which run each run of a station names before itself.</summary>
    public RunOrder RunsOf(string station) => new(evidence.Query(
        "SELECT run, previous_run FROM run WHERE station = $1 AND previous_run IS NOT NULL", row => (Run: row.Life(0), Before: row.Life(1)), station)
        .ToDictionary(r => r.Run, r => r.Before));

    public void Dispose() => evidence.Dispose();

    private static EvidenceRow Decode(long index, byte[] bytes, bool fork) =>
        Envelope.TryParse(bytes, out var envelope, out var refusal) && RecordCodec.TryDecode(envelope.Payload, out var decoded, out refusal)
            ? new EvidenceRow(index, decoded.Header, fork, decoded.Record?.Body is ReadingsBody body ? body.Readings : [])
            : throw new InvalidDataException($"the evidence holds a record that cannot be read: {refusal?.Detail}");
}
