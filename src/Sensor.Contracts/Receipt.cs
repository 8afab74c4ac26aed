namespace Sensor.Contracts;

/// <summary>
/// An operator's signed statement of which records of a run are durable in its evidence and have their place in its log.
/// A station frees nothing before it.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Receipt
{
    /// <summary>The deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>The station.</summary>
    public required string Station { get; init; }

    /// <summary>The operator that holds the records.</summary>
    public required string Operator { get; init; }

    /// <summary>The run.</summary>
    public required LifeId Run { get; init; }

    /// <summary>Every sequence from 1 to this one is held or closed by a verified loss; 0 for none.</summary>
    public required long Through { get; init; }

    /// <summary>Sequences held beyond <see cref="Through"/>, ascending, separated by gaps, at most 16; the rest will be told later.</summary>
    public IReadOnlyList<SequenceRange> Beyond { get; init; } = [];

    /// <summary>The digest of record <see cref="Through"/>; null when that is 0, and where that record was lost.</summary>
    public Digest? ThroughDigest { get; init; }

    /// <summary>The operator's wall clock.</summary>
    public required Instant Time { get; init; }

    /// <summary>The number of entries in the operator's evidence log.</summary>
    public required long LogSize { get; init; }

    /// <summary>The log's Merkle root at that size.</summary>
    public required Digest LogRoot { get; init; }

    /// <summary>Whether a sequence of the run is covered.</summary>
    public bool Covers(long sequence) => sequence <= Through || Beyond.Any(range => sequence >= range.First && sequence <= range.Last);
}

/// <summary>Sequences from <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last, not below the first.</param>
public sealed record SequenceRange(long First, long Last);
