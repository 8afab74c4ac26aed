using Microsoft.Data.Sqlite;
using Sensor.Contracts;
using Sensor.Contracts.Wire;

namespace Sensor.Edge.Outbox;

/// <summary>Holds verified receipts against the records and stores what they cover. Runs inside the outbox's lock.</summary>
internal static class ReceiptDesk
{
    /// <summary>Judges and stores a receipt.</summary>
    /// <param name="connection">The writer.</param>
    /// <param name="envelope">The receipt's envelope, its signature verified.</param>
    /// <param name="receipt">The receipt, its operator and station verified.</param>
    /// <param name="run">The run that it names.</param>
    /// <param name="last">The last sequence of that run.</param>
    /// <param name="covered">The sequences of the run that the operator covers from now on, when the receipt was stored.</param>
    public static ReceiptVerdict Settle(SqliteConnection connection, Envelope envelope, Receipt receipt, RunInfo run, long last, out RangeSet covered)
    {
        covered = RangeSet.Empty;
        if (Contradiction(connection, receipt, run, last) is { } contradiction)
        {
            return new ReceiptVerdict(ReceiptOutcome.Alarm, contradiction);
        }

        var (before, time) = Known(connection, receipt.Operator, run);
        var told = Coverage.Of(receipt);
        var later = receipt.Time.UnixMilliseconds > time;
        if (!later && told.Except(before).Count == 0)
        {
            return new ReceiptVerdict(ReceiptOutcome.Stale, "");
        }

        // Only what a later receipt could have named and does not is lost; an earlier one may only have been overtaken.
        var lost = later ? before.Remove(Complete(receipt, last) + 1, last).Except(told) : RangeSet.Empty;
        covered = told.Ranges.Aggregate(before.Except(lost), (set, range) => set.Add(range.First, range.Last));
        Store(connection, envelope, receipt, run, covered);
        return lost.Count > 0
            ? new ReceiptVerdict(ReceiptOutcome.Regressed, Loss(receipt, run, lost))
            : new ReceiptVerdict(ReceiptOutcome.Accepted, "");
    }

    /// <summary>The sequence up to which a receipt names all that the operator holds: one with as many ranges as fit says nothing of what follows them.</summary>
    public static long Complete(Receipt receipt, long last) => receipt.Beyond.Count < WireLimits.Ranges ? last : receipt.Beyond[^1].Last;

    private static string Loss(Receipt receipt, RunInfo run, RangeSet lost) =>
        $"operator {receipt.Operator} held {(lost.Count == 1 ? "a record" : $"{lost.Count} records")} of run {run.Id} that its later receipt lacks, from sequence {lost.Ranges[0].First} on; it may have been restored from a backup";

    private static string? Contradiction(SqliteConnection connection, Receipt receipt, RunInfo run, long last)
    {
        var furthest = receipt.Beyond.Count > 0 ? receipt.Beyond[^1].Last : receipt.Through;
        if (furthest > last)
        {
            return $"operator {receipt.Operator} receipts sequence {furthest} of run {run.Id}, of which this station has signed only {last}: the outbox was restored, or another device signs with this key";
        }

        if (receipt.Through == 0)
        {
            return null;
        }

        if ((byte[]?)connection.Scalar("SELECT digest FROM record WHERE position = $0", run.PositionOf(receipt.Through)) is not { } digest)
        {
            // Removed: there is nothing left to hold it against.
            return null;
        }

        var ours = new Digest(digest);
        return receipt.ThroughDigest == ours
            ? null
            : $"operator {receipt.Operator} receipts sequence {receipt.Through} of run {run.Id} with digest {receipt.ThroughDigest?.ToString() ?? "none"}, but this station signed {ours}";
    }

    private static (RangeSet Covered, long Time) Known(SqliteConnection connection, string operatorId, RunInfo run) => connection.Rows(
        r => (Coverage.Unpack(r.Bytes(0)), r.GetInt64(1)),
        "SELECT covered, time FROM receipt WHERE operator = $0 AND run = $1", operatorId, run.Number) is [var known]
            ? known
            : (RangeSet.Empty, long.MinValue);

    private static void Store(SqliteConnection connection, Envelope envelope, Receipt receipt, RunInfo run, RangeSet covered)
    {
        using var transaction = connection.BeginTransaction();
        connection.Run(
            "INSERT OR REPLACE INTO receipt (operator, run, through, covered, time, envelope) VALUES ($0, $1, $2, $3, $4, $5)",
            receipt.Operator, run.Number, receipt.Through, Coverage.Pack(covered), receipt.Time.UnixMilliseconds, envelope.Bytes.ToArray());
        connection.Run("INSERT OR REPLACE INTO seen (operator, digest) VALUES ($0, $1)", receipt.Operator, envelope.Digest.ToArray());
        transaction.Commit();
    }
}
