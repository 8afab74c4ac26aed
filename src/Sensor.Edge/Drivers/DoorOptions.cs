using Sensor.Contracts.Documents;

namespace Sensor.Edge.Drivers;

/// <summary>Options of the driver <c>door</c>: a contact that is closed while the door is.</summary>
public sealed record DoorOptions : ContactOptions
{
    internal static DoorOptions Read(StrictObject options, DriverContext context) => Read(new DoorOptions(), options, context);
}
