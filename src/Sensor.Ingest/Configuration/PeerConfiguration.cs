namespace Sensor.Ingest.Configuration;

/// <summary>Another operator of the same deployment, with whom records and signed outcomes are compared.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record PeerConfiguration
{
    /// <summary>The id under which it signs.</summary>
    public required string Operator { get; init; }

    /// <summary>Where its ingest serves its API.</summary>
    public required Uri Url { get; init; }

    /// <summary>Its P-256 public key, got another way than from that address.</summary>
    public required string PublicKeyPem { get; init; }

    /// <summary>The pause between two rounds of comparing. The default value is a minute.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After how many days without an outcome of its own a window counts as unanswered; null for never. No agreement says it yet, so there is no default.</summary>
    public int? UnansweredAfterDays { get; init; }
}
