namespace Sensor.Edge.Drivers.Sdi12;

/// <summary>The checksum of SDI-12 1.4, clause 4.4.12: CRC-16/ARC over everything before it, written as three characters of six bits each.</summary>
internal static class Sdi12Crc
{
    /// <summary>Characters of a checksum.</summary>
    public const int Length = 3;

    private const int Reversed = 0xA001;

    public static int Of(ReadOnlySpan<char> text)
    {
        var crc = 0;
        foreach (var c in text)
        {
            crc ^= c;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Reversed;
            }
        }

        return crc;
    }

    /// <summary>The four upper bits, then six, then six, each over 0x40.</summary>
    public static string Text(int crc) => new([(char)(0x40 | (crc >> 12)), (char)(0x40 | ((crc >> 6) & 0x3F)), (char)(0x40 | (crc & 0x3F))]);

    /// <summary>Whether a text ends with its checksum.</summary>
    public static bool Holds(string text) => text.Length > Length && text.EndsWith(Text(Of(text.AsSpan(0, text.Length - Length))), StringComparison.Ordinal);
}
