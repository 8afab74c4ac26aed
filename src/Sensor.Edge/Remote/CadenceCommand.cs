using Sensor.Edge.Configuration;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Remote;

/// <summary><c>cadence</c>: changes how often an instrument is read, until the configuration file changes.</summary>
internal sealed class CadenceCommand(StationConfiguration configuration, SamplingOrders orders) : IRemoteCommand
{
    public string Name => "cadence";

    public string Word => "cadence";

    public Task<Obedience> ObeyAsync(Order order, CancellationToken stop)
    {
        var arguments = new OrderArguments(order.Command);
        var (id, text) = (arguments.Required("instrument"), arguments.Required("cadence"));
        arguments.End();
        var instrument = configuration.Instruments.FirstOrDefault(i => i.Id == id && i.Cadence is not null) ?? throw new RefusedOrderException($"'{id}' is no instrument that is read at slots");
        if (!Durations.TryParse(text, out var cadence) || !InstrumentReader.IsCadence(cadence))
        {
            throw new RefusedOrderException($"'{text}' is not a duration that divides a day, such as 1m or 4h");
        }

        if (instrument.Timeout > cadence)
        {
            throw new RefusedOrderException($"a read of {id} may take {Durations.Format(instrument.Timeout)}, longer than {text}");
        }

        if (SamplingRules.Problems(instrument with { Cadence = cadence }, configuration.Actuators).FirstOrDefault() is { } problem)
        {
            throw new RefusedOrderException($"{problem.Path} {problem.What}");
        }

        return Task.FromResult(new Obedience { Remember = [orders.Position(id, cadence)], Then = () => orders.Raise(id) });
    }
}
