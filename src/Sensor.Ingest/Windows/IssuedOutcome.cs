using Sensor.Contracts;

namespace Sensor.Ingest.Windows;

/// <summary>An outcome that this operator signed, or the unsigned standing of a window that is still open.</summary>
/// <remarks>Immutable and thread-safe as long as nobody writes into <see cref="Document"/>.</remarks>
public sealed record IssuedOutcome
{
    /// <summary>The agreement's id.</summary>
    public required string Agreement { get; init; }

    /// <summary>The section.</summary>
    public required string Section { get; init; }

    /// <summary>The window's name, such as <c>2020</c>.</summary>
    public required string Window { get; init; }

    /// <summary>The first moment of the window.</summary>
    public required Instant From { get; init; }

    /// <summary>The first moment after the window.</summary>
    public required Instant To { get; init; }

    /// <summary>SHA-256 of <see cref="Document"/>.</summary>
    public required Digest Digest { get; init; }

    /// <summary>SHA-256 of the document without its cut.</summary>
    public required Digest VerdictDigest { get; init; }

    /// <summary>The exact canonical bytes.</summary>
    public required byte[] Document { get; init; }

    /// <summary>The detached signature (RFC 7515 appendix F); null for a standing.</summary>
    public string? Jws { get; init; }

    /// <summary>The digest of the outcome that this one takes the place of; null for the first of its window and for a standing.</summary>
    public Digest? Supersedes { get; init; }

    /// <summary>
    /// What differs from the outcome whose place it took, as <c>waterwatch diff</c> writes it; null where there was none, or where a program
    /// issued it that did not yet compare.
    /// </summary>
    public string? Difference { get; init; }

    /// <summary>What later data would come to, although the outcome is final; null where nothing came or it was not asked for.</summary>
    public LateFinding? LateFinding { get; init; }

    /// <summary>When it was stored here; it bears on nothing.</summary>
    public required Instant IssuedAt { get; init; }
}
