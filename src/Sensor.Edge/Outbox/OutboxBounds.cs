using Microsoft.Data.Sqlite;
using Sensor.Contracts;
using Sensor.Edge.Configuration;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Outbox;

/// <summary>Keeps the outbox within its bounds, inside the transaction of the record that needs the room.</summary>
/// <remarks>The end of the chain is never deleted: the next record names it.</remarks>
internal sealed class OutboxBounds(OutboxConfiguration bounds, RecordWriter records, StationClock clock)
{
    /// <summary>How many records go at once; a loss names as many.</summary>
    private const int Chunk = 256;

    private int _appends;

    /// <summary>Makes room for the next record; returns what is covered and removed afterwards.</summary>
    public Coverage MakeRoom(SqliteConnection connection, RunInfo run, Coverage coverage)
    {
        coverage = _appends++ % Chunk == 0 ? DeleteAged(connection, coverage) : coverage;
        while (Used(connection) > bounds.MaxBytes)
        {
            var before = coverage.Removed;
            coverage = DeleteReceipted(connection, coverage) ?? Lose(connection, run, coverage);
            if (coverage.Removed == before)
            {
                break;
            }
        }

        return coverage;
    }

    /// <summary>Bytes of the pages in use. Freed pages are used again, so the file does not grow beyond what was ever in use.</summary>
    public static long Used(SqliteConnection connection) =>
        ((long)connection.Scalar("PRAGMA page_count")! - (long)connection.Scalar("PRAGMA freelist_count")!) * (long)connection.Scalar("PRAGMA page_size")!;

    private static Coverage? DeleteReceipted(SqliteConnection connection, Coverage coverage) =>
        Deletable(connection, coverage) is var (first, last) ? coverage.Without(coverage.Removed.Remove(connection, first, last, RemovedRecords.ForSpace)) : null;

    /// <summary>The oldest range that every operator has receipted.</summary>
    private static (long First, long Last)? Deletable(SqliteConnection connection, Coverage coverage)
    {
        var end = ChainEnd.Of(connection).Position;
        return coverage.Everyone.Remove(end, end).Ranges is [var oldest, ..] ? (oldest.First, Math.Min(oldest.Last, oldest.First + Chunk - 1)) : null;
    }

    /// <summary>Only by a clock that can be trusted: one that ran ahead must not delete a year.</summary>
    private Coverage DeleteAged(SqliteConnection connection, Coverage coverage)
    {
        var now = clock.Read();
        var oldest = now.Wall.PlusMilliseconds(-(long)bounds.MaxAge.TotalMilliseconds).UnixMilliseconds;
        while (now.State.Status == ClockStatus.Synchronised && Deletable(connection, coverage) is var (first, last) && SignedAt(connection, last) < oldest)
        {
            coverage = coverage.Without(coverage.Removed.Remove(connection, first, last, RemovedRecords.ForAge));
        }

        return coverage;
    }

    private static long SignedAt(SqliteConnection connection, long position) =>
        KeptRecord.Of((byte[])connection.Scalar("SELECT envelope FROM record WHERE position = $0", position)!)?.Wall.UnixMilliseconds ?? long.MaxValue;

    /// <summary>Gives up the oldest readings and signs that they are lost.</summary>
    private Coverage Lose(SqliteConnection connection, RunInfo run, Coverage coverage)
    {
        var lost = OldestReadings(connection, ChainEnd.Of(connection).Position);
        if (lost.Count == 0)
        {
            return coverage;
        }

        var loss = new LossBody
        {
            Run = lost[0].Run,
            First = lost[0].Sequence,
            Last = lost[^1].Sequence,
            FirstDigest = lost[0].Digest,
            LastDigest = lost[^1].Digest,
            Count = lost.Count,
            Reason = LossReason.Space,
        };
        var at = records.Insert(connection, run, null, loss).Position;
        return coverage.Without(coverage.Removed.Remove(connection, lost[0].Position, lost[^1].Position, at));
    }

    /// <summary>The oldest records with readings that follow each other in one run.</summary>
    private static List<Held> OldestReadings(SqliteConnection connection, long end)
    {
        var chunk = new List<Held>();
        for (var page = Page(connection, 0, end); page.Count > 0; page = Page(connection, page[^1].Position, end))
        {
            foreach (var held in page)
            {
                var readings = KeptRecord.Of(held.Envelope)?.Body is ReadingsBody;
                if (chunk.Count > 0 && (!readings || chunk.Count == Chunk || held.Run != chunk[^1].Run || held.Position != chunk[^1].Position + 1))
                {
                    return chunk;
                }

                chunk.AddRange(readings ? [held] : []);
            }
        }

        return chunk;
    }

    private static List<Held> Page(SqliteConnection connection, long behind, long end) => connection.Rows(
        r => new Held(r.GetInt64(0), new LifeId(r.Bytes(1)), r.GetInt64(2), new Digest(r.Bytes(3)), r.Bytes(4)),
        "SELECT position, id, sequence, digest, envelope FROM record JOIN run ON run = number WHERE position > $0 AND position < $1 ORDER BY position LIMIT $2", behind, end, Chunk);

    private sealed record Held(long Position, LifeId Run, long Sequence, Digest Digest, byte[] Envelope);
}
