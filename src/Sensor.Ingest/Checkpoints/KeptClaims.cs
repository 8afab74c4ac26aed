using Sensor.Contracts.Evidence;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Checkpoints;

/// <summary>Holds the receipts that were kept against the log and against each other.</summary>
internal sealed class KeptClaims(ReceiptStore receipts, CheckpointDesk desk, PublicKey key)
{
    /// <summary>What does not go together: of this operator with its own log, of others among what they signed.</summary>
    /// <param name="self">This operator.</param>
    /// <param name="durable">The size of the log now; receipts between the latest checkpoint and it are judged by the next checkpoint.</param>
    public IReadOnlyList<LogFinding> Findings(string self, long durable) => desk.Latest is not { } latest ? []
        :
        [
            .. SplitView.Against(Claims(receipts.Of(self)).Where(c => c.Size <= latest.Checkpoint.Size || c.Size > durable), LogClaim.Of(latest, key), latest.Checkpoint.Continues, size => desk.Tree.RootAt(size)),
            .. receipts.Operators().Where(other => other != self).SelectMany(other => SplitView.Among(Claims(receipts.Of(other)))),
        ];

    private static IEnumerable<LogClaim> Claims(IEnumerable<Envelope> envelopes) =>
        envelopes.Select(e => LogClaim.Of(e, ReceiptStore.Read(e))).DistinctBy(c => (c.KeyId, c.Size, c.Root));
}
