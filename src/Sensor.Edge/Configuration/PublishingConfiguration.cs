namespace Sensor.Edge.Configuration;

/// <summary>How records are sent.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record PublishingConfiguration
{
    /// <summary>The most records in flight without a receipt of the most advanced operator. The default is 1,024.</summary>
    public int Window { get; init; } = 1_024;

    /// <summary>How long to wait for a receipt before sending again. The default is 30 s; it doubles up to 10 min while an operator stays silent.</summary>
    public TimeSpan ResendAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most envelopes in one message. The default is 64.</summary>
    public int Batch { get; init; } = 64;
}
