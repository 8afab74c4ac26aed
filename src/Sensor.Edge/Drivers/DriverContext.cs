using Sensor.Contracts.Documents;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Drivers;

/// <summary>What the options of a driver may refer to.</summary>
/// <param name="Resolve">Makes a path of the configuration absolute.</param>
/// <param name="Buses">The station's buses.</param>
internal sealed record DriverContext(Func<string, string> Resolve, IReadOnlyList<BusConfiguration> Buses)
{
    /// <summary>The station's actuators, which sampling plans name.</summary>
    public IReadOnlyList<ActuatorConfiguration> Actuators { get; init; } = [];

    /// <summary>The mandatory member <c>bus</c>: the id of a bus of one of some types. Notes a mistake and returns an empty text otherwise.</summary>
    public string Bus(StrictObject options, params Type[] types)
    {
        bool Fits(string id) => Buses.Any(bus => bus.Id == id && types.Contains(bus.GetType()));
        var fitting = Buses.Where(bus => types.Contains(bus.GetType())).Select(bus => bus.Id).ToArray();
        return options.Text("bus", Fits, fitting.Length > 0
            ? "the id of a bus that fits, one of " + string.Join(", ", fitting)
            : $"the id of a {string.Join(" or ", types.Select(Kind))} bus, which has to be listed under buses");
    }

    private static string Kind(Type type) => type.Name[..^"BusConfiguration".Length].ToLowerInvariant();
}
