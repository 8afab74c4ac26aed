using Sensor.Contracts;
using Sensor.Edge.Buses.Modbus;

namespace Sensor.Edge.Drivers.Modbus;

/// <summary>Where a quantity stands in a unit's registers, and how.</summary>
/// <param name="Function">The function that reads it, 1 to 4.</param>
/// <param name="Address">The address of its first register or bit, as it goes over the wire (from 0).</param>
/// <param name="Type">How its bits are to be read.</param>
/// <param name="Order">The order of its bytes on the wire, such as CDAB, where A is the most significant.</param>
internal sealed record ModbusPoint(byte Function, ushort Address, ModbusType Type, string Order)
{
    /// <summary>How many registers, or one bit.</summary>
    public int Count => Type == ModbusType.Bit ? 1 : Order.Length / 2;

    /// <summary>The bytes in the order of their significance.</summary>
    public byte[] Sorted(ReadOnlySpan<byte> wire)
    {
        var sorted = new byte[wire.Length];
        for (var i = 0; i < wire.Length; i++)
        {
            sorted[Order[i] - 'A'] = wire[i];
        }

        return sorted;
    }

    public bool ReadsBits => Function <= ModbusRequest.ReadDiscrete;
}

/// <summary>How the bits of registers are to be read.</summary>
internal enum ModbusType
{
    Bit,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float32,
    Float64,
}

/// <summary>A point that becomes a reading.</summary>
/// <param name="Point">Where it stands.</param>
/// <param name="Parameter">National factor code.</param>
/// <param name="Unit">UCUM unit of the reading.</param>
/// <param name="Factor">What the number is multiplied with, exactly.</param>
/// <param name="NoValue">Numbers, before the factor, by which the instrument says that it has no value.</param>
internal sealed record ModbusMeasured(ModbusPoint Point, string Parameter, string Unit, MeasuredValue Factor, IReadOnlyList<MeasuredValue> NoValue);
