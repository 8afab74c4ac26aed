using Microsoft.Extensions.Logging;
using Sensor.Edge.Buses;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Sampling;

/// <summary>The actuators of a station, by id; dispose them before the buses.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StationActuators(IReadOnlyList<ActuatorConfiguration> configured, StationBuses buses, TimeProvider time) : IAsyncDisposable
{
    private readonly Dictionary<string, SharedActuator> _actuators =
        configured.ToDictionary(a => a.Id, a => new SharedActuator(a.Id, new RelayActuator(a.Options, buses, time)), StringComparer.Ordinal);

    public SharedActuator this[string id] => _actuators[id];

    /// <summary>Switches everything off that a process which was killed may have left on.</summary>
    public async Task OffAsync(ILogger logger)
    {
        foreach (var actuator in _actuators.Values)
        {
            try
            {
                await actuator.OffAsync().ConfigureAwait(false);
            }
            catch (BusException e)
            {
                logger.LogError("Actuator {Actuator} cannot be switched off at the start: {Detail}.", actuator.Id, e.Message);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var actuator in _actuators.Values)
        {
            await actuator.DisposeAsync().ConfigureAwait(false);
        }
    }
}
