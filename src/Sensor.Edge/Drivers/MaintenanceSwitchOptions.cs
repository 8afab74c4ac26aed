using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Edge.Drivers;

/// <summary>Options of the driver <c>maintenance-switch</c>: a switch that is closed while somebody works at the station.</summary>
public sealed record MaintenanceSwitchOptions : ContactOptions
{
    /// <summary>The instrument that is maintained; null for all of the station.</summary>
    public string? For { get; init; }

    internal static MaintenanceSwitchOptions Read(StrictObject options, DriverContext context) => Read(
        new MaintenanceSwitchOptions { For = options.OptionalText("for", Names.IsInstrument, "the id of an instrument") is { Length: > 0 } instrument ? instrument : null },
        options,
        context);
}
