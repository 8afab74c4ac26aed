using Sensor.Contracts;

namespace Sensor.Edge.Drivers.Ezo;

/// <summary>One kind of EZO circuit.</summary>
/// <param name="Name">As the circuit names itself in its answer to <c>I</c>, apart from case.</param>
/// <param name="Address">Its address when it leaves the factory.</param>
/// <param name="Parameter">What it measures, or null where the national list has no code.</param>
/// <param name="Unit">UCUM unit of the first field.</param>
/// <param name="Least">The least it measures; below it the probe or circuit is broken.</param>
/// <param name="Most">The most it measures, or null where the maker states no end.</param>
/// <param name="Settings">The queries that tell its settings, without <c>I</c>.</param>
internal sealed record EzoKind(string Name, int Address, string? Parameter, string Unit, MeasuredValue Least, MeasuredValue? Most, IReadOnlyList<string> Settings)
{
    public static IReadOnlyList<EzoKind> All { get; } =
    [
        new("pH", 0x63, ParameterCatalogue.PH, "[pH]", default, new(14, 0), ["Cal,?", "Slope,?"]),
        new("DO", 0x61, ParameterCatalogue.DissolvedOxygen, "mg/L", default, null, ["Cal,?"]),
        new("EC", 0x64, "w01014", "uS/cm", default, null, ["Cal,?"]),
        new("ORP", 0x62, null, "mV", new(-10_199, -1), new(10_199, -1), ["Cal,?"]),
        new("RTD", 0x66, ParameterCatalogue.Temperature, "Cel", new(-126, 0), new(1_254, 0), ["Cal,?"]),
    ];

    public static EzoKind Of(string name) => All.Single(kind => kind.Name == name);
}
