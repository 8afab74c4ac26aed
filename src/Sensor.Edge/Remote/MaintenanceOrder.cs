using Sensor.Contracts;
using Sensor.Edge.Configuration;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Remote;

/// <summary><c>maintenance</c>: begins or ends it, of one instrument or of the station; its readings carry the flag M meanwhile.</summary>
internal sealed class MaintenanceOrder(StationConfiguration configuration) : IRemoteCommand
{
    public string Name => "maintenance";

    public string Word => "maintenance";

    public Task<Obedience> ObeyAsync(Order order, CancellationToken stop)
    {
        var arguments = new OrderArguments(order.Command);
        var (state, instrument) = (arguments.Required("state"), arguments.Optional("instrument"));
        arguments.End();
        if (state is not ("begin" or "end"))
        {
            throw new RefusedOrderException($"'{state}' is neither begin nor end");
        }

        if (instrument is not null && configuration.Instruments.All(i => i.Id != instrument))
        {
            throw new RefusedOrderException($"'{instrument}' is none of the station's instruments");
        }

        var happened = new StationEvent { Type = state == "begin" ? EventType.MaintenanceBegin : EventType.MaintenanceEnd, Instrument = instrument, Actor = order.Command.Operator };
        return Task.FromResult(new Obedience { Before = [new EventBody(happened)], Remember = [Maintenance.PositionAfter(happened)!] });
    }
}
