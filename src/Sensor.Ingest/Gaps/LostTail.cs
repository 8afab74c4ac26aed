using Sensor.Contracts;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Gaps;

/// <summary>What our own receipts say beyond the store: it was put back to an earlier state, with <c>restore</c> or in another way.</summary>
internal sealed class LostTail(IngestConfiguration configuration, ISqlDatabase evidence, ILogger logger)
{
    /// <summary>How far the receipts went, by run.</summary>
    public IReadOnlyDictionary<(string Station, LifeId Run), long> Receipted { get; private set; } = new Dictionary<(string, LifeId), long>();

    /// <summary>Holds receipts from before the start against the store; what shows that it was put back is noted where everyone can see it.</summary>
    /// <param name="receipts">Receipts that this operator signed.</param>
    /// <param name="opened">The log as it was opened.</param>
    /// <param name="now">The wall clock.</param>
    public void Take(IReadOnlyList<Receipt> receipts, LogCheckpoint opened, Instant now)
    {
        Receipted = receipts.GroupBy(receipt => (receipt.Station, receipt.Run)).ToDictionary(run => run.Key, run => run.Max(Furthest));
        if (receipts.FirstOrDefault(receipt => receipt.Time > now) is { } later)
        {
            logger.LogError("A receipt for {Station} was signed at {Time}, later than it is by this machine's clock: stations take no request of an earlier time. Set the clock", later.Station, later.Time);
        }

        var noted = new RestoreNotes(evidence).All().Select(note => note.Time).DefaultIfEmpty(new Instant(long.MinValue)).Max();
        if (receipts.Where(receipt => receipt.Time > noted && IsBeyond(receipt, opened)).MaxBy(receipt => receipt.LogSize) is { } beyond)
        {
            EvidenceStores.NoteRestored(configuration, new RestoreNote(now, opened));
            logger.LogError("The evidence has {Size} records, and a receipt of {Time} speaks of {Said}: the store was put back to an earlier state. It goes on from there; stations are asked for the rest", opened.Size, beyond.Time, beyond.LogSize);
        }
    }

    private static bool IsBeyond(Receipt receipt, LogCheckpoint opened) => receipt.LogSize > opened.Size || (receipt.LogSize == opened.Size && receipt.LogRoot != opened.Root);

    private static long Furthest(Receipt receipt) => receipt.Beyond.Count > 0 ? receipt.Beyond[^1].Last : receipt.Through;
}
