using System.Buffers.Binary;
using System.Device.I2c;

namespace Sensor.Edge.Buses;

/// <summary>Devices whose registers are 16 bits wide, the high byte first.</summary>
internal static class I2cRegisters
{
    /// <summary>Reads a register in one transaction, so that nothing comes between its number and its content.</summary>
    public static ushort ReadWord(this I2cDevice device, byte register)
    {
        Span<byte> word = stackalloc byte[2];
        device.WriteRead([register], word);
        return BinaryPrimitives.ReadUInt16BigEndian(word);
    }

    /// <summary>Reads a register whose content has a sign.</summary>
    public static short ReadSigned(this I2cDevice device, byte register) => unchecked((short)device.ReadWord(register));

    public static void WriteWord(this I2cDevice device, byte register, ushort value) => device.Write([register, (byte)(value >> 8), (byte)(value & 0xFF)]);
}
