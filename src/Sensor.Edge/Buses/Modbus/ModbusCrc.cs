namespace Sensor.Edge.Buses.Modbus;

/// <summary>The check of Modbus RTU: CRC-16 with the polynomial A001 (reflected 8005), beginning with FFFF, low byte first (Modbus over serial line V1.02, 6.2.2).</summary>
internal static class ModbusCrc
{
    /// <summary>The check of some bytes.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFF;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1;
            }
        }

        return (ushort)crc;
    }

    /// <summary>Bytes with their check behind them.</summary>
    public static byte[] Append(ReadOnlySpan<byte> bytes)
    {
        var crc = Of(bytes);
        return [.. bytes, (byte)(crc & 0xFF), (byte)(crc >> 8)];
    }

    /// <summary>Whether the last two bytes are the check of those before.</summary>
    public static bool Holds(ReadOnlySpan<byte> frame) => frame.Length > 2 && Of(frame[..^2]) == (frame[^2] | (frame[^1] << 8));
}
