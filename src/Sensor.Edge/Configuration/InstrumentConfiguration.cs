using Sensor.Edge.Drivers;

namespace Sensor.Edge.Configuration;

/// <summary>An instrument, its driver and when it is read.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record InstrumentConfiguration
{
    /// <summary>The timeout where the file gives none: 30 s, or the cadence where that is shorter.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The instrument, <c>[A-Za-z0-9._-]{1,32}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The time between samples: a whole divisor of a day from 1 s; null for drivers that bring their own times.</summary>
    public TimeSpan? Cadence { get; init; }

    /// <summary>How long one read may take. The default is 30 s; never more than the cadence.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>What is done before a read, and how often it is read; null for one read and nothing before it.</summary>
    public SamplingConfiguration? Sampling { get; init; }

    /// <summary>The driver's options; their type says which driver it is.</summary>
    public required DriverOptions Options { get; init; }
}
