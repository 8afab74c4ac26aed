using Sensor.Contracts;
using Sensor.Contracts.Wire;

namespace Sensor.Edge.Outbox;

/// <summary>What a kept envelope says.</summary>
internal static class KeptRecord
{
    /// <summary>The record; null where the bytes are none that this version understands.</summary>
    public static StationRecord? Of(ReadOnlyMemory<byte> bytes) =>
        Envelope.TryParse(bytes, out var envelope, out _) && RecordCodec.TryDecode(envelope.Payload, out var decoded, out _) ? decoded.Record : null;
}
