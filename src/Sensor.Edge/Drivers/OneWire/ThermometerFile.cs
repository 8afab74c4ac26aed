using System.Globalization;
using System.Text.RegularExpressions;

namespace Sensor.Edge.Drivers.OneWire;

/// <summary>The two lines that the kernel's file <c>w1_slave</c> gives.</summary>
/// <param name="Bytes">The nine bytes just read from the probe.</param>
/// <param name="Crc">The checksum that the kernel computed.</param>
/// <param name="CrcHolds">The kernel's word, YES or NO.</param>
/// <param name="Retained">The nine bytes that the kernel last found good; these make <paramref name="Milli"/>.</param>
/// <param name="Milli">The kernel's temperature in thousandths of a degree Celsius.</param>
internal sealed partial record ThermometerFile(byte[] Bytes, byte Crc, bool CrcHolds, byte[] Retained, int Milli)
{
    /// <summary>The lines, or null when they have another shape.</summary>
    public static ThermometerFile? Parse(string text) => Shape().Match(text) is not { Success: true } match
        ? null
        : new ThermometerFile(
            Hex(match.Groups[1].Value),
            byte.Parse(match.Groups[2].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            match.Groups[3].Value == "YES",
            Hex(match.Groups[4].Value),
            int.Parse(match.Groups[5].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));

    private static byte[] Hex(string bytes) => Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal));

    [GeneratedRegex(@"\A((?:[0-9a-f]{2} ){9}): crc=([0-9a-f]{2}) (YES|NO)\n((?:[0-9a-f]{2} ){9})t=(-?[0-9]{1,7})\n?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
