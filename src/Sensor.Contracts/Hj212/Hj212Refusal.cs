namespace Sensor.Contracts.Hj212;

/// <summary>Why bytes are not an HJ 212 message.</summary>
/// <param name="Kind">Which rule they break.</param>
/// <param name="Reason">What is wrong, for a person.</param>
/// <param name="Offset">The byte at which it is wrong, counted from the first byte of the stream.</param>
public sealed record Hj212Refusal(Hj212RefusalKind Kind, string Reason, long Offset);

/// <summary>The rule that refused bytes break.</summary>
public enum Hj212RefusalKind
{
    /// <summary>Bytes between frames that are no frame.</summary>
    Stray,

    /// <summary>The length is not four digits, is above the limit, or is not that of the data segment.</summary>
    Length,

    /// <summary>The checksum is not that of the data segment.</summary>
    Checksum,

    /// <summary>The bytes ended inside the frame.</summary>
    Truncated,

    /// <summary>The data segment is not built as the standard says.</summary>
    Segment,
}
