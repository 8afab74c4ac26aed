using Sensor.Edge.Drivers.Modbus;

namespace Sensor.Edge.Drivers;

/// <summary>Options of the driver <c>modbus</c>: a unit on a serial line, behind a gateway or on Modbus TCP, read by a register map.</summary>
public sealed record ModbusOptions : DriverOptions
{
    internal ModbusOptions()
    {
    }

    /// <summary>The unit's address.</summary>
    internal byte Unit { get; init; }

    /// <summary>Whether the frames are those of Modbus TCP.</summary>
    internal bool OverTcp { get; init; }

    /// <summary>What is read.</summary>
    internal ModbusMap Map { get; init; } = new([], null, null, null, null);

    /// <summary>How long a reply may take.</summary>
    internal TimeSpan Response { get; init; }

    /// <summary>How often a question is asked again.</summary>
    internal int Retries { get; init; }

    /// <summary>The least time between two questions.</summary>
    internal TimeSpan Pause { get; init; }

    /// <summary>The most registers in one question.</summary>
    internal int MostRegisters { get; init; }

    /// <summary>Whether the connection is closed after each read, for devices that serve one client at a time.</summary>
    internal bool CloseAfterRead { get; init; }
}
