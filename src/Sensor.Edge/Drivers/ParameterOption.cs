using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;

namespace Sensor.Edge.Drivers;

/// <summary>The members <c>parameter</c> and <c>unit</c> of a driver that does not know by itself what it measures.</summary>
internal static class ParameterOption
{
    /// <summary>The mandatory code, or a fallback where the driver has a usual one.</summary>
    public static string Read(StrictObject options, string? fallback = null)
    {
        const string Expected = "a national factor code such as w01001";
        return fallback is null
            ? options.Text("parameter", Parameter.IsWellFormed, Expected)
            : options.OptionalText("parameter", Parameter.IsWellFormed, Expected) is { Length: > 0 } given ? given : fallback;
    }

    /// <summary>The unit; absent means the usual one of the driver, else that of the catalogue, or a mistake where there is neither.</summary>
    public static string Unit(StrictObject options, string parameter, string? usual = null)
    {
        bool Fits(string text) => WireText.IsAllowed(text, WireLimits.Unit);
        const string Expected = "a UCUM unit such as mg/L";
        return (usual ?? ParameterCatalogue.Find(parameter)?.Unit) is { } fallback
            ? options.OptionalText("unit", Fits, Expected) is { Length: > 0 } given ? given : fallback
            : options.Text("unit", Fits, Expected);
    }
}
