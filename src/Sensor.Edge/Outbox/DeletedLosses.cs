using Microsoft.Data.Sqlite;
using Sensor.Contracts;

namespace Sensor.Edge.Outbox;

/// <summary>
/// Answers for what an operator asks for again, as after the restore of a backup, and the outbox has deleted because everyone had receipted it: a
/// signed loss, so that the operator need not ask for ever.
/// </summary>
internal static class DeletedLosses
{
    /// <summary>Signs a loss for each deleted range that an operator lacks and of which no record speaks. Inside the caller's transaction.</summary>
    /// <param name="connection">The writer.</param>
    /// <param name="records">Signs.</param>
    /// <param name="runs">Every run.</param>
    /// <param name="coverage">What operators have receipted.</param>
    /// <param name="operatorId">The operator that asks.</param>
    /// <param name="asked">Positions of one run; what of them is receipted is not asked for.</param>
    /// <returns>Whether anything was signed.</returns>
    public static bool Announce(SqliteConnection connection, RecordWriter records, IReadOnlyList<RunInfo> runs, Coverage coverage, string operatorId, SequenceRange asked)
    {
        var lacked = RangeSet.Empty.Add(asked.First, asked.Last).Except(coverage.Receipted(operatorId));
        var deleted = lacked.Except(lacked.Except(coverage.Removed.Positions));
        if (deleted.Count == 0)
        {
            return false;
        }

        var untold = Rows(connection, asked).Where(row => !IsTold(row, coverage, operatorId)).ToList();
        foreach (var row in untold)
        {
            var here = RangeSet.Empty.Add(row.First, row.Last);
            foreach (var part in here.Except(here.Except(deleted)).Ranges)
            {
                Tell(connection, records, runs, ReasonOf(connection, row.Loss), part);
            }
        }

        return untold.Count > 0;
    }

    private static List<Row> Rows(SqliteConnection connection, SequenceRange asked) => connection.Rows(
        r => new Row(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)), "SELECT first, last, loss FROM removed WHERE last >= $0 AND first <= $1 ORDER BY first", asked.First, asked.Last);

    /// <summary>Whether a loss record speaks of it that the operator has or will be sent.</summary>
    private static bool IsTold(Row row, Coverage coverage, string operatorId) =>
        row.Loss > 0 && (!coverage.Removed.Positions.Contains(row.Loss) || coverage.Receipted(operatorId).Contains(row.Loss));

    private static void Tell(SqliteConnection connection, RecordWriter records, IReadOnlyList<RunInfo> runs, LossReason reason, SequenceRange part)
    {
        var run = runs.Last(r => r.First <= part.First);
        var loss = new LossBody
        {
            Run = run.Id,
            First = part.First - run.First + 1,
            Last = part.Last - run.First + 1,
            LastDigest = GapLosses.DigestBefore(connection, part.Last + 1),
            Count = part.Last - part.First + 1,
            Reason = reason,
        };
        Split(connection, part, records.Insert(connection, runs[^1], null, loss).Position);
    }

    /// <summary>Notes which record tells of a part of a deleted range from now on.</summary>
    private static void Split(SqliteConnection connection, SequenceRange part, long loss)
    {
        var row = Rows(connection, part).Single();
        connection.Run("DELETE FROM removed WHERE first = $0", row.First);
        Row[] pieces = [row with { Last = part.First - 1 }, new Row(part.First, part.Last, loss), row with { First = part.Last + 1 }];
        foreach (var piece in pieces.Where(piece => piece.First <= piece.Last))
        {
            connection.Run("INSERT INTO removed (first, last, loss) VALUES ($0, $1, $2)", piece.First, piece.Last, piece.Loss);
        }
    }

    /// <summary>Why it was deleted; where the record that said so was deleted too, why that was.</summary>
    private static LossReason ReasonOf(SqliteConnection connection, long loss) => loss switch
    {
        RemovedRecords.ForAge => LossReason.Age,
        RemovedRecords.ForCorruption => LossReason.Corruption,
        > 0 => ReasonOf(connection, connection.Scalar("SELECT min(loss, 0) FROM removed WHERE first <= $0 AND last >= $0", loss) is long own ? own : RemovedRecords.ForSpace),
        _ => LossReason.Space,
    };

    private sealed record Row(long First, long Last, long Loss);
}
