using Microsoft.Data.Sqlite;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Edge.Outbox;

/// <summary>Takes records over as long as each follows the one before it and is what the station signed.</summary>
internal sealed class SalvagedChain(SqliteConnection writer, PublicKey key)
{
    private long _last;

    public long Records { get; private set; }

    public void Take(SqliteConnection damaged)
    {
        var removed = RemovedRecords.Load(writer).Positions;
        using var command = damaged.CreateCommand();
        command.CommandText = "SELECT position, run, sequence, digest, envelope FROM record ORDER BY position";
        using var reader = command.ExecuteReader();
        while (reader.Read() && RangeSet.FirstOutside(_last + 1, removed, RangeSet.Empty) == reader.GetInt64(0) && IsWhole(reader))
        {
            writer.Run(
                "INSERT INTO record (position, run, sequence, digest, envelope) VALUES ($0, $1, $2, $3, $4)",
                reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.Bytes(3), reader.Bytes(4));
            _last = reader.GetInt64(0);
            Records++;
        }
    }

    /// <summary>Takes back what speaks of records behind the end.</summary>
    public void Trim()
    {
        writer.Run("DELETE FROM removed WHERE first > $0", _last);
        writer.Run("DELETE FROM receipt WHERE run IN (SELECT number FROM run WHERE first > $0)", _last);
        writer.Run("DELETE FROM run WHERE first > $0", _last);
        foreach (var (operatorId, run, covered) in Receipts())
        {
            var kept = covered.Remove(_last - First(run) + 2, long.MaxValue);
            writer.Run("UPDATE receipt SET covered = $2 WHERE operator = $0 AND run = $1", operatorId, run, Coverage.Pack(kept));
        }

        if (Records == 0)
        {
            writer.Run("DELETE FROM receipt");
            writer.Run("DELETE FROM removed");
            writer.Run("DELETE FROM run");
        }

        // The end of the last run is not the one that was noted.
        writer.Run("UPDATE run SET orderly = 0 WHERE number = (SELECT max(number) FROM run)");
    }

    private List<(string Operator, long Run, RangeSet Covered)> Receipts() =>
        writer.Rows(r => (r.GetString(0), r.GetInt64(1), Coverage.Unpack(r.Bytes(2))), "SELECT operator, run, covered FROM receipt");

    private long First(long run) => (long)writer.Scalar("SELECT first FROM run WHERE number = $0", run)!;

    private bool IsWhole(SqliteDataReader row) =>
        Envelope.TryParse(row.Bytes(4), out var envelope, out _)
        && envelope.Digest == new Digest(row.Bytes(3))
        && envelope.Verify(key)
        && RecordCodec.TryDecode(envelope.Payload, out var decoded, out _)
        && decoded.Header.Sequence == row.GetInt64(2)
        && (long)writer.Scalar("SELECT count(*) FROM run WHERE number = $0 AND id = $1", row.GetInt64(1), decoded.Header.Run.ToArray())! == 1
        && (decoded.Header.Previous is not { } previous || Follows(previous));

    /// <summary>The digest before it, where that record is still held.</summary>
    private bool Follows(Digest previous) =>
        writer.Scalar("SELECT digest FROM record WHERE position = $0", _last) is not byte[] before || _last == 0 || new Digest(before) == previous || IsBehindGap();

    private bool IsBehindGap() => RemovedRecords.Load(writer).Positions.Contains(_last + 1);
}
