using Sensor.Contracts.Documents;

namespace Sensor.Edge.Drivers;

/// <summary>A driver as the configuration knows it.</summary>
/// <param name="Name">The word for <c>driver</c> in the configuration.</param>
/// <param name="DrivenByData">Whether it brings its own times and so has no cadence.</param>
/// <param name="Options">The type of its options.</param>
/// <param name="ReadOptions">Reads its options; notes every mistake, including wrong files, and touches neither network nor hardware.</param>
/// <param name="Create">Makes the driver of an instrument; nothing is opened before its first read.</param>
/// <param name="Problem">What is wrong with options, or with files that they name, or null; for options made in code.</param>
internal sealed record DriverEntry(
    string Name, bool DrivenByData, Type Options, Func<StrictObject, DriverContext, DriverOptions> ReadOptions, Func<DriverTools, DriverOptions, IDriver> Create, Func<DriverOptions, string?> Problem)
{
    /// <summary>A driver whose options are of one type.</summary>
    public static DriverEntry Of<T>(
        string name, bool drivenByData, Func<StrictObject, DriverContext, T> readOptions, Func<DriverTools, T, IDriver> create, Func<T, string?>? problem = null)
        where T : DriverOptions =>
        new(name, drivenByData, typeof(T), readOptions, (tools, options) => create(tools, (T)options), options => problem?.Invoke((T)options));
}

/// <summary>Every driver, one line each.</summary>
internal static class DriverCatalog
{
    public static IReadOnlyList<DriverEntry> All { get; } =
    [
        DriverEntry.Of("ads1115", false, Ads1115Driver.ReadOptions, (tools, options) => new Ads1115Driver(tools, options)),
        DriverEntry.Of("atlas-ezo", false, AtlasEzoDriver.ReadOptions, (tools, options) => new AtlasEzoDriver(tools, options)),
        DriverEntry.Of("door", true, DoorDriver.ReadOptions, (tools, options) => new DoorDriver(tools, options)),
        DriverEntry.Of("ds18b20", false, Ds18b20Driver.ReadOptions, (tools, options) => new Ds18b20Driver(tools, options)),
        DriverEntry.Of("ds3231", false, Ds3231Driver.ReadOptions, (tools, options) => new Ds3231Driver(tools, options)),
        DriverEntry.Of("hj212", true, Hj212Driver.ReadOptions, (tools, options) => new Hj212Driver(tools, options)),
        DriverEntry.Of("ina219", false, Ina219Driver.ReadOptions, (tools, options) => new Ina219Driver(tools, options)),
        DriverEntry.Of("level", true, LevelDriver.ReadOptions, (tools, options) => new LevelDriver(tools, options)),
        DriverEntry.Of("maintenance-switch", true, MaintenanceSwitchDriver.ReadOptions, (tools, options) => new MaintenanceSwitchDriver(tools, options)),
        DriverEntry.Of("modbus", false, ModbusDriver.ReadOptions, (tools, options) => new ModbusDriver(tools, options)),
        DriverEntry.Of("pulse", false, PulseDriver.ReadOptions, (tools, options) => new PulseDriver(tools, options)),
        DriverEntry.Of("replay", true, ReplayDriver.ReadOptions, (tools, options) => new ReplayDriver(tools.Instrument, options), ReplayDriver.Problem),
        DriverEntry.Of("sdi12", false, Sdi12Driver.ReadOptions, (tools, options) => new Sdi12Driver(tools, options)),
        DriverEntry.Of("simulated", false, SimulatedDriver.ReadOptions, (tools, options) => new SimulatedDriver(tools.Instrument, options)),
        DriverEntry.Of("ultrasonic", false, UltrasonicDriver.ReadOptions, (tools, options) => new UltrasonicDriver(tools, options)),
    ];

    /// <summary>The driver of a name, or null.</summary>
    public static DriverEntry? Find(string name) => All.FirstOrDefault(entry => entry.Name == name);

    /// <summary>The driver to which options belong.</summary>
    public static DriverEntry Of(DriverOptions options) => All.Single(entry => entry.Options == options.GetType());
}
