using Sensor.Contracts;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Bundles;

/// <summary>A record with its place in the evidence log.</summary>
/// <param name="Index">The place.</param>
/// <param name="ReceivedAt">When it was stored.</param>
/// <param name="Envelope">Its envelope.</param>
/// <param name="Decoded">What it says, as far as it is understood.</param>
internal sealed record LoggedRecord(long Index, Instant ReceivedAt, Envelope Envelope, DecodedRecord Decoded)
{
    public static LoggedRecord Read(long index, Instant receivedAt, byte[] bytes)
    {
        DecodedRecord decoded = null!;
        return Envelope.TryParse(bytes, out var envelope, out var refusal) && RecordCodec.TryDecode(envelope.Payload, out decoded, out refusal)
            ? new LoggedRecord(index, receivedAt, envelope, decoded)
            : throw new InvalidDataException($"record {index} of the evidence cannot be read: {refusal.Detail}");
    }
}
