namespace Sensor.Edge.Buses.Modbus;

/// <summary>How a unit is spoken to.</summary>
/// <param name="OverTcp">Whether frames are those of Modbus TCP; else RTU, on a serial line or through a gateway.</param>
/// <param name="Response">How long a reply may take.</param>
/// <param name="Retries">How often a question is asked again.</param>
/// <param name="Pause">The least time between two questions.</param>
internal sealed record ModbusTimings(bool OverTcp, TimeSpan Response, int Retries, TimeSpan Pause);
