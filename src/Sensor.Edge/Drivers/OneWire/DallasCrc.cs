namespace Sensor.Edge.Drivers.OneWire;

/// <summary>The checksum of 1-Wire parts: x^8 + x^5 + x^4 + 1, least significant bit first, from 0 (Maxim application note 27).</summary>
internal static class DallasCrc
{
    private const int Reversed = 0x8C;

    public static byte Of(ReadOnlySpan<byte> bytes)
    {
        var crc = 0;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Reversed;
            }
        }

        return (byte)crc;
    }
}
