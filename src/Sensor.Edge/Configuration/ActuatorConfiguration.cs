using Sensor.Edge.Drivers;

namespace Sensor.Edge.Configuration;

/// <summary>Something that a sampling plan switches, such as a pump.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ActuatorConfiguration
{
    /// <summary>The actuator, <c>[A-Za-z0-9._-]{1,32}</c>; sampling plans name it.</summary>
    public required string Id { get; init; }

    /// <summary>The relay that switches it.</summary>
    public required RelayOptions Options { get; init; }
}
