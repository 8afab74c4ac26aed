namespace Sensor.Ingest.Configuration;

/// <summary>A collector to which traces are sent by OTLP.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record OtlpConfiguration
{
    /// <summary>The collector's address, http or https; with the protocol <c>http</c> the whole path, as a rule <c>/v1/traces</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary><c>grpc</c> or <c>http</c>. The default value is <c>grpc</c>.</summary>
    public string Protocol { get; init; } = "grpc";

    /// <summary>One of how many messages is traced, 1 to 1,000,000. The default value is 1: every message.</summary>
    public int OneIn { get; init; } = 1;
}
