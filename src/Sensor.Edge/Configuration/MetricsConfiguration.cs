namespace Sensor.Edge.Configuration;

/// <summary>Where the station's metrics are served, on this machine alone.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Port">The port on 127.0.0.1, 1 to 65535.</param>
public sealed record MetricsConfiguration(int Port);
