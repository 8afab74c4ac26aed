using Sensor.Edge.Configuration;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Remote;

/// <summary><c>sample</c>: reads an instrument now, or all that are read at slots. Where a slot is nearer than a read would take, the slot serves.</summary>
internal sealed class SampleCommand(StationConfiguration configuration, SamplingOrders orders) : IRemoteCommand
{
    public string Name => "sample";

    public string Word => "sample";

    public Task<Obedience> ObeyAsync(Order order, CancellationToken stop)
    {
        var arguments = new OrderArguments(order.Command);
        var only = arguments.Optional("instrument");
        arguments.End();
        var wanted = configuration.Instruments.Where(i => i.Cadence is not null && (only is null || i.Id == only)).Select(i => i.Id).ToList();
        return wanted.Count > 0
            ? Task.FromResult(new Obedience { Then = () => wanted.ForEach(orders.OrderSample) })
            : throw new RefusedOrderException(only is null ? "no instrument is read at slots" : $"'{only}' is no instrument that is read at slots");
    }
}
