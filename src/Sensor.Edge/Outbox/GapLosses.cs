using Microsoft.Data.Sqlite;
using Sensor.Contracts;

namespace Sensor.Edge.Outbox;

/// <summary>
/// The gaps between the records that were saved from a damaged outbox. They are noted durably with what was saved, and announced in the transaction
/// that begins the next run, so that a power cut between the two does not silence them.
/// </summary>
internal static class GapLosses
{
    /// <summary>In place of a loss record's position: none yet.</summary>
    public const long Unannounced = -1;

    /// <summary>Notes a gap, run by run.</summary>
    public static void Note(SqliteConnection connection, IReadOnlyList<RunInfo> runs, RangeSet gap)
    {
        foreach (var range in gap.Ranges)
        {
            for (var i = 0; i < runs.Count; i++)
            {
                var (first, last) = (Math.Max(range.First, runs[i].First), Math.Min(range.Last, i + 1 < runs.Count ? runs[i + 1].First - 1 : range.Last));
                if (first <= last)
                {
                    connection.Run("INSERT INTO removed (first, last, loss) VALUES ($0, $1, $2)", first, last, Unannounced);
                }
            }
        }
    }

    /// <summary>Signs a loss for every gap that some operator may lack.</summary>
    public static void Announce(SqliteConnection connection, RecordWriter records, IReadOnlyList<RunInfo> runs, RunInfo run, Coverage coverage)
    {
        var gaps = connection.Rows(r => (First: r.GetInt64(0), Last: r.GetInt64(1)), "SELECT first, last FROM removed WHERE loss = $0 ORDER BY first", Unannounced);
        foreach (var (first, last) in gaps)
        {
            var at = coverage.HasFromEveryone(first, last) ? RemovedRecords.ForCorruption : records.Insert(connection, run, null, Loss(connection, runs.Last(r => r.First <= first), first, last)).Position;
            connection.Run("UPDATE removed SET loss = $1 WHERE first = $0", first, at);
        }
    }

    private static LossBody Loss(SqliteConnection connection, RunInfo run, long first, long last) => new()
    {
        Run = run.Id,
        First = first - run.First + 1,
        Last = last - run.First + 1,
        LastDigest = DigestBefore(connection, last + 1),
        Count = last - first + 1,
        Reason = LossReason.Corruption,
    };

    /// <summary>The digest that the record behind the gap names as the one before it.</summary>
    public static Digest? DigestBefore(SqliteConnection connection, long position) =>
        connection.Scalar("SELECT envelope FROM record WHERE position = $0", position) is byte[] bytes && KeptRecord.Of(bytes)?.Header is { } header
            ? header.Previous ?? header.PreviousRun?.Digest
            : null;
}
