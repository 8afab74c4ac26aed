namespace Sensor.Contracts.Bundles;

/// <summary>The checksum of ZIP: CRC-32 with the reversed polynomial EDB88320 (ISO/IEC 21320-1, APPNOTE 4.4.7).</summary>
/// <remarks>It finds accidents, not forgeries; those are found by digests and signatures.</remarks>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => OfByte((uint)i))];

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc = Table[(crc ^ b) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint OfByte(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1;
        }

        return value;
    }
}
