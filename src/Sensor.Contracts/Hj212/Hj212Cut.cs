namespace Sensor.Contracts.Hj212;

/// <summary>What was cut from a stream of bytes.</summary>
public abstract record Hj212Cut
{
    private Hj212Cut()
    {
    }

    /// <summary>A data segment whose length and checksum hold.</summary>
    /// <param name="Segment">Its bytes, from the first field to the closing <c>&amp;&amp;</c>.</param>
    /// <param name="Offset">Where its first byte stands in the stream.</param>
    public sealed record Frame(ReadOnlyMemory<byte> Segment, long Offset) : Hj212Cut;

    /// <summary>Bytes that are no frame.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(Hj212Refusal Refusal) : Hj212Cut;
}
