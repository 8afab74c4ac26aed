using System.Globalization;
using Sensor.Contracts.Documents;

namespace Sensor.Edge.Buses;

/// <summary>The 7-bit address of an I2C device, written as in every datasheet: <c>0x48</c>.</summary>
internal static class I2cAddress
{
    /// <summary>The member <c>address</c> of a driver's options. Addresses below 0x08 and above 0x77 are reserved by the I2C bus itself.</summary>
    public static int Read(StrictObject options, int fallback, int least = 0x08, int most = 0x77)
    {
        bool Fits(string text) => TryParse(text, out var address) && address >= least && address <= most;
        return options.OptionalText("address", Fits, $"an address from {Format(least)} to {Format(most)}") is { Length: > 0 } given && TryParse(given, out var read) ? read : fallback;
    }

    public static string Format(int address) => string.Create(CultureInfo.InvariantCulture, $"0x{address:X2}");

    private static bool TryParse(string text, out int address)
    {
        address = 0;
        return text.Length == 4 && text.StartsWith("0x", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out address);
    }
}
