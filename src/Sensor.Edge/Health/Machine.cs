using System.Globalization;

namespace Sensor.Edge.Health;

/// <summary>How the device itself is, as far as its kernel tells. What it does not tell is null.</summary>
/// <param name="root">The root of the file system; another one in tests.</param>
/// <param name="folder">A folder on the volume whose free space counts.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class Machine(string root, string folder)
{
    /// <summary>The temperature of the processor in degrees Celsius, which follows that of the enclosure.</summary>
    public double? Temperature => Number("sys/class/thermal/thermal_zone0/temp") is { } milli ? milli / 1000.0 : null;

    /// <summary>
    /// The throttling flags of a Raspberry Pi: bit 0 under-voltage now, 2 throttled now, 16 and 18 the same at any time since boot
    /// (Raspberry Pi documentation, vcgencmd get_throttled).
    /// </summary>
    public int? Throttled => int.TryParse(Text("sys/devices/platform/soc/soc:firmware/get_throttled"), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var flags) ? flags : null;

    /// <summary>Free bytes on the volume of the folder.</summary>
    public long? FreeBytes
    {
        get
        {
            try
            {
                return new DriveInfo(folder).AvailableFreeSpace;
            }
            catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>Bytes of this process in memory.</summary>
    public static long ResidentBytes => Environment.WorkingSet;

    /// <summary>Bytes that this process let be written to storage, by the kernel's account.</summary>
    public long? WrittenBytes => Text("proc/self/io")?.Split('\n').FirstOrDefault(line => line.StartsWith("write_bytes: ", StringComparison.Ordinal)) is { } line
        && long.TryParse(line["write_bytes: ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;

    private long? Number(string path) => long.TryParse(Text(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string? Text(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(root, path)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
