using Microsoft.Data.Sqlite;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Edge.Outbox;

/// <summary>Takes over every record that is what the station signed and can still be read; what is missing between them is noted as a gap.</summary>
internal sealed class SalvagedChain(SqliteConnection writer, PublicKey key)
{
    /// <summary>So many positions without an answer, one after another, are taken for the end of what can be read.</summary>
    private const int MostFailures = 4_096;

    private List<RunInfo> _runs = [];
    private RangeSet _removed = RangeSet.Empty;
    private long _last;
    private long _seen;

    public long Records { get; private set; }

    /// <summary>Whether every record up to the last one taken was there.</summary>
    public bool Unbroken { get; private set; } = true;

    public void Take(SqliteConnection damaged)
    {
        (_runs, _removed) = (RunInfo.All(writer), RemovedRecords.Load(writer).Positions);
        long behind = 0;
        for (var failures = 0; failures < MostFailures && !TryTake(damaged, behind); behind = Math.Max(_seen, behind + 1))
        {
            Unbroken = false;
            failures = _seen > behind ? 0 : failures + 1;
        }
    }

    private bool TryTake(SqliteConnection damaged, long behind)
    {
        try
        {
            TakeBehind(damaged, behind);
            return true;
        }
        catch (SqliteException e) when (Salvage.IsUnreadable(e))
        {
            return false;
        }
    }

    private void TakeBehind(SqliteConnection damaged, long behind)
    {
        using var command = damaged.CreateCommand();
        command.CommandText = "SELECT position, run, sequence, digest, envelope FROM record WHERE position > $behind ORDER BY position";
        command.Parameters.AddWithValue("$behind", behind);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            _seen = reader.GetInt64(0);
            if (IsWhole(reader))
            {
                TakeOver(reader);
            }
        }
    }

    private void TakeOver(SqliteDataReader row)
    {
        if (_seen > _last + 1)
        {
            var gap = RangeSet.Empty.Add(_last + 1, _seen - 1).Except(_removed);
            GapLosses.Note(writer, _runs, gap);
            Unbroken &= gap.Count == 0;
        }

        writer.Run(
            "INSERT INTO record (position, run, sequence, digest, envelope) VALUES ($0, $1, $2, $3, $4)",
            _seen, row.GetInt64(1), row.GetInt64(2), row.Bytes(3), row.Bytes(4));
        _last = _seen;
        Records++;
    }

    /// <summary>Takes back what speaks of records behind the end.</summary>
    public void Trim()
    {
        writer.Run("DELETE FROM removed WHERE first > $0", _last);
        writer.Run("UPDATE removed SET loss = $0 WHERE loss > 0 AND loss NOT IN (SELECT position FROM record)", GapLosses.Unannounced);
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
        && _runs.Find(run => run.Number == row.GetInt64(1)) is { } run
        && decoded.Header.Run == run.Id
        && run.PositionOf(decoded.Header.Sequence) == _seen
        && _seen > _last
        && (decoded.Header.Previous is not { } previous || _seen != _last + 1 || Follows(previous));

    private bool Follows(Digest previous) => writer.Scalar("SELECT digest FROM record WHERE position = $0", _last) is not byte[] before || new Digest(before) == previous;
}
