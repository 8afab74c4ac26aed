using Sensor.Edge.Drivers;

namespace Sensor.Edge.Buses;

/// <summary>A bus could not be used; says what may help.</summary>
internal sealed class BusException(FailureKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What may help.</summary>
    public FailureKind Kind => kind;

    /// <summary>The reply of a driver whose bus this was.</summary>
    public DriverReply.Failed Reply => new(kind, Contracts.MissingReason.NoAnswer, Message);
}
