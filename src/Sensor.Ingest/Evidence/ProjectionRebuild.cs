using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Archives;

namespace Sensor.Ingest.Evidence;

/// <summary>
/// Makes anew, from the evidence alone, everything that follows from it: observations, continuity, losses, forks, rollbacks and the last of
/// each station. The evidence is read in the order of its indexes, so that the rows are those of the first time, to the byte; a record that
/// this program understands and an earlier one did not is brought in.
/// </summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class ProjectionRebuild
{
    private const int Page = 1000;
    private static readonly string[] Tables = ["observation", "run", "loss", "fork", "rollback", "station_last"];
    private readonly ISqlDatabase _database;
    private readonly RunLedger _runs;
    private readonly RecordProjection _projection;
    private readonly HashSet<(string Station, LifeId Run)> _touched = [];

    private ProjectionRebuild(ISqlDatabase database, IObservationPartitions? partitions)
    {
        _database = database;
        _runs = new RunLedger(database);
        _projection = new RecordProjection(database, _runs, new ObservationTable(database, partitions));
    }

    /// <summary>Rebuilds in one transaction; whoever reads sees what was there before until it is done.</summary>
    /// <returns>The number of records.</returns>
    /// <exception cref="InvalidDataException">A record of the evidence is not what was signed; nothing is changed.</exception>
    public static long Run(ISqlDatabase database, IObservationPartitions? partitions = null) =>
        database.Transaction(() => new ProjectionRebuild(database, partitions).Replay());

    private long Replay()
    {
        foreach (var table in Tables)
        {
            _database.Execute($"DELETE FROM {table}");
        }

        long next = 0;
        while (ReadPage(next) is { Count: > 0 } rows)
        {
            rows.ForEach(row => Replay(row with { Envelope = _database.EnvelopeAt(row.Index, row.Envelope) }));
            next = rows[^1].Index + 1;
        }

        _projection.Flush();
        foreach (var (station, run) in _touched)
        {
            _runs.Save(station, run);
        }

        return next;
    }

    private void Replay(Held held)
    {
        var arrival = Decode(held);
        var header = arrival.Decoded.Header;
        if (arrival.Decoded.Unmapped != held.Unmapped)
        {
            _database.Execute("UPDATE evidence SET unmapped = $2 WHERE idx = $1", held.Index, arrival.Decoded.Unmapped);
        }

        _touched.Add((header.Station, header.Run));
        if (_projection.Take(arrival, held.Index, held.IsFork ? FirstOf(header) : null, held.ReceivedAt).Closed is { } closed)
        {
            _touched.Add((header.Station, closed));
        }
    }

    private List<Held> ReadPage(long from) => _database.Query(
        "SELECT idx, digest, envelope, received_at, standing, unmapped FROM evidence WHERE idx >= $1 ORDER BY idx LIMIT $2",
        row => new Held(row.GetInt64(0), row.Digest(1), row.Bytes(2), row.GetInt64(3), row.GetString(4) == "fork", row.OptionalText(5)),
        from, Page);

    private long? FirstOf(RecordHeader header) =>
        _database.Number("SELECT min(idx) FROM evidence WHERE station = $1 AND run = $2 AND sequence = $3", header.Station, header.Run.ToArray(), header.Sequence);

    private static RecordArrival Decode(Held held) =>
        Envelope.TryParse(held.Envelope, out var envelope, out var refusal) && RecordCodec.TryDecode(envelope.Payload, out var decoded, out refusal)
            ? envelope.Digest == held.Digest ? new RecordArrival("", envelope, decoded) : throw new InvalidDataException($"the record {held.Index} of the evidence has another digest than its row says. Restore the evidence from a backup.")
            : throw new InvalidDataException($"the record {held.Index} of the evidence cannot be read: {refusal?.Detail}. Restore the evidence from a backup.");

    private sealed record Held(long Index, Digest Digest, byte[] Envelope, long ReceivedAt, bool IsFork, string? Unmapped);
}
