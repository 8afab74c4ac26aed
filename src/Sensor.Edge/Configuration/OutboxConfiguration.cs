namespace Sensor.Edge.Configuration;

/// <summary>How much of what was signed is kept.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record OutboxConfiguration
{
    /// <summary>The least bound that is accepted: 1 MiB.</summary>
    public const long LeastBytes = 1L << 20;

    /// <summary>
    /// The most bytes that records may take in the outbox, by default 2 GiB. When they do, what every operator has receipted is deleted, oldest first;
    /// when nothing of that is left, the oldest readings are, and a signed loss names them. Events and losses stay.
    /// </summary>
    public long MaxBytes { get; init; } = 2L << 30;

    /// <summary>How long a record is kept that every operator has receipted, by default 366 days. What is not receipted has no age.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(366);
}
