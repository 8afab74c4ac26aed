using System.Buffers.Binary;

namespace Sensor.Edge.Buses.Modbus;

/// <summary>A question to a unit: function and data (the PDU) without address and check.</summary>
/// <param name="Unit">The unit's address, 0 to 255. 248 to 255 are reserved by the standard, and used by probes all the same.</param>
/// <param name="Pdu">Function and data.</param>
/// <param name="ReplyBytes">How many bytes of data a good reply has: behind its byte count for a read, in all for a write.</param>
internal sealed record ModbusRequest(byte Unit, byte[] Pdu, int ReplyBytes)
{
    public const byte ReadCoils = 1;
    public const byte ReadDiscrete = 2;
    public const byte ReadHolding = 3;
    public const byte ReadInput = 4;
    public const byte WriteOne = 6;
    public const byte WriteMany = 16;

    public byte Function => Pdu[0];

    /// <summary>Whether the reply carries a byte count and data, as reads do.</summary>
    public bool Reads => Function <= ReadInput;

    /// <summary>Reads coils, discrete inputs, holding or input registers. A count of 0 is against the standard, and how some probes are started.</summary>
    public static ModbusRequest Read(byte unit, byte function, ushort address, ushort count) =>
        new(unit, [function, .. Big(address), .. Big(count)], function <= ReadDiscrete ? (count + 7) / 8 : 2 * count);

    /// <summary>Writes one holding register.</summary>
    public static ModbusRequest Write(byte unit, ushort address, ushort value) => new(unit, [WriteOne, .. Big(address), .. Big(value)], 4);

    /// <summary>Writes holding registers one after another; none at all is against the standard, and how some probes are started.</summary>
    public static ModbusRequest Write(byte unit, ushort address, IReadOnlyList<ushort> values) =>
        new(unit, [WriteMany, .. Big(address), .. Big((ushort)values.Count), (byte)(2 * values.Count), .. values.SelectMany(Big)], 4);

    private static byte[] Big(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }
}
