using Sensor.Contracts.Documents;

namespace Sensor.Edge.Drivers;

/// <summary>A driver as the configuration knows it.</summary>
/// <param name="Name">The word for <c>driver</c> in the configuration.</param>
/// <param name="DrivenByData">Whether it brings its own times and so has no cadence.</param>
/// <param name="Options">The type of its options.</param>
/// <param name="ReadOptions">Reads its options; notes every mistake, including wrong files, and touches neither network nor hardware.</param>
/// <param name="Problem">What is wrong with files that the options name, or null; for options made in code.</param>
/// <param name="Create">Makes the driver of an instrument, given the instrument's id.</param>
internal sealed record DriverEntry(
    string Name, bool DrivenByData, Type Options, Func<StrictObject, Func<string, string>, DriverOptions> ReadOptions, Func<DriverOptions, string?> Problem, Func<string, DriverOptions, IDriver> Create);

/// <summary>Every driver, one line each.</summary>
internal static class DriverCatalog
{
    public static IReadOnlyList<DriverEntry> All { get; } =
    [
        new("replay", true, typeof(ReplayOptions), ReplayDriver.ReadOptions, options => ReplayDriver.Problem((ReplayOptions)options), (id, options) => new ReplayDriver(id, (ReplayOptions)options)),
        new("simulated", false, typeof(SimulatedOptions), SimulatedDriver.ReadOptions, _ => null, (id, options) => new SimulatedDriver(id, (SimulatedOptions)options)),
    ];

    /// <summary>The driver of a name, or null.</summary>
    public static DriverEntry? Find(string name) => All.FirstOrDefault(entry => entry.Name == name);

    /// <summary>The driver to which options belong.</summary>
    public static DriverEntry Of(DriverOptions options) => All.Single(entry => entry.Options == options.GetType());
}
