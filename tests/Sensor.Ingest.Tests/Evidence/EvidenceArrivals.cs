using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Tests.Evidence;

/// <summary>Makes arrivals of signed records.</summary>
internal static class EvidenceArrivals
{
    public static RecordArrival Of(Envelope envelope)
    {
        Assert.True(RecordCodec.TryDecode(envelope.Payload, out var decoded, out _));
        return new RecordArrival("topic", envelope, decoded);
    }

    public static RecordArrival Of(ReadOnlyMemory<byte> bytes)
    {
        Assert.True(Envelope.TryParse(bytes, out var envelope, out _));
        return Of(envelope);
    }
}
