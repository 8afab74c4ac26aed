using Sensor.Compliance.Outcomes.Differences;
using Sensor.Contracts;

namespace Sensor.Ingest.Peers;

/// <summary>An outcome that another operator signed. It is kept for ever: whoever signed it cannot say that it did not.</summary>
/// <remarks>Immutable and thread-safe as long as nobody writes into <see cref="Document"/>.</remarks>
internal sealed record PeerStatement
{
    /// <summary>The operator.</summary>
    public required string Peer { get; init; }

    /// <summary>The agreement's id.</summary>
    public required string Agreement { get; init; }

    /// <summary>The section.</summary>
    public required string Section { get; init; }

    /// <summary>The window's name.</summary>
    public required string Window { get; init; }

    /// <summary>SHA-256 of <see cref="Document"/>.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The exact bytes.</summary>
    public required byte[] Document { get; init; }

    /// <summary>Its detached signature.</summary>
    public required string Jws { get; init; }

    /// <summary>The outcome whose place it takes, as the operator lists it; null for none.</summary>
    public Digest? Supersedes { get; init; }

    /// <summary>When it was first seen here.</summary>
    public required Instant SeenAt { get; init; }

    /// <summary>What its evidence bundle shows: null where nobody asked for it yet, empty where everything holds.</summary>
    public string? Fault { get; init; }

    /// <summary>The outcome.</summary>
    public OutcomeDocument Read() => OutcomeDocument.Read($"{Peer}'s outcome {Digest}", Document).Single();
}
