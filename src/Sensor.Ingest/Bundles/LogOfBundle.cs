using Sensor.Compliance.Bundles;
using Sensor.Contracts.Bundles;
using Sensor.Contracts.Evidence;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Checkpoints;

namespace Sensor.Ingest.Bundles;

/// <summary>What a bundle shows of the log: a signed checkpoint, the records in it, and the receipts that they name.</summary>
internal sealed class LogOfBundle
{
    private readonly SignedCheckpoint _note;
    private readonly BundleInclusion _inclusion;
    private readonly IReadOnlyList<Envelope> _receipts;

    private LogOfBundle(SignedCheckpoint note, BundleInclusion inclusion, IReadOnlyList<Envelope> receipts) => (_note, _inclusion, _receipts) = (note, inclusion, receipts);

    /// <summary>Publishes a checkpoint where the evidence has grown since the last one, and proves from it.</summary>
    public static LogOfBundle Of(BundleSource source, IReadOnlyList<LoggedRecord> records)
    {
        var receipts = Receipts(source, records);
        var note = source.Checkpoints.Issue();
        var (size, tree) = (note.Checkpoint.Size, source.Checkpoints.Tree);
        var sizes = receipts.Select(r => ReceiptStore.Read(r).LogSize).Where(s => s > 0 && s < size).Distinct().Order().ToList();
        var indices = records.Select(r => r.Index).ToList();
        return new LogOfBundle(note, new BundleInclusion(size, note.Checkpoint.Root, indices, MerkleInclusion.Prove(size, [.. indices.Order()], sizes, tree.Subtree)), receipts);
    }

    /// <summary>The members.</summary>
    public IEnumerable<BundleMember> Members()
    {
        yield return new BundleMember(BundleNames.Checkpoint, _note.Bytes);
        yield return new BundleMember(BundleNames.Inclusion, _inclusion.ToBytes());
        if (_receipts.Count > 0)
        {
            yield return new BundleMember(BundleNames.Receipts, EnvelopeSequence.Join([.. _receipts.Select(r => r.Bytes)]));
        }
    }

    // Those under an earlier key of the operator could not be verified by the bundle alone.
    private static List<Envelope> Receipts(BundleSource source, IReadOnlyList<LoggedRecord> records) =>
    [
        .. DayReceipts.Of(source.Configuration.Operator, records.Select(r => r.Decoded)).Order()
            .Select(source.Receipts.Find).OfType<Envelope>().Where(receipt => receipt.KeyId == source.Key.Public.Id),
    ];
}
