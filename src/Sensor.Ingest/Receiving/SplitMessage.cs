using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Receiving;

/// <summary>A message and the items in it, which are not yet envelopes.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Items">The items up to the first place that is not CBOR.</param>
/// <param name="Refusal">What is wrong with the rest; null where there is none.</param>
internal sealed record SplitMessage(ReadOnlyMemory<byte> Bytes, IReadOnlyList<ReadOnlyMemory<byte>> Items, Refusal? Refusal)
{
    public static SplitMessage Of(ReadOnlyMemory<byte> message)
    {
        EnvelopeSequence.TrySplit(message, out var items, out var refusal);
        return new SplitMessage(message, items, refusal);
    }

    /// <summary>How many records it counts as: what cannot be split counts as one more.</summary>
    public int Records => Items.Count + (Refusal is null ? 0 : 1);
}
