using Sensor.Contracts;

namespace Sensor.Ingest.Evidence;

/// <summary>The bytes of something imported, exactly as they came; records name them by their digest.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="Source">Where they came from, in words.</param>
internal sealed record RawMessage(ReadOnlyMemory<byte> Bytes, string Source)
{
    /// <summary>SHA-256 of the bytes.</summary>
    public Digest Digest { get; } = Digest.Of(Bytes.Span);

    /// <summary>How a reading names the bytes in its raw signal.</summary>
    public string Name => $"sha256:{Digest}";
}
