using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Drivers.Gpio;

namespace Sensor.Edge.Drivers;

/// <summary>Says by a switch when maintenance begins and ends, for one instrument or for all.</summary>
/// <remarks>
/// <para>Link: none; any switch that stays where it is put, between the pin and GND.</para>
/// <para>Accuracy: does not apply.</para>
/// <para>Range: closed is maintenance; a wire that is cut ends it.</para>
/// <para>Resolution: states that last as long as the debounce, 50 ms by default.</para>
/// <para>Timings: an event is signed after the debounce.</para>
/// <para>Differences: the state is kept with the event, so that maintenance goes on through a restart and a switch that was moved while the power was off shows at the next start. A switch that was never seen before says nothing while it is open. No binding of Iot.Device.Bindings: GpioController tells edges by itself.</para>
/// </remarks>
internal sealed class MaintenanceSwitchDriver(DriverTools tools, MaintenanceSwitchOptions options) : IDriver
{
    private readonly ContactWatch _watch = new(tools, options);

    /// <summary>None: maintenance is an event.</summary>
    public IReadOnlyList<DriverChannel> Channels => [];

    public TimeSpan? DataPace => TimeSpan.Zero;

    public static MaintenanceSwitchOptions ReadOptions(StrictObject options, DriverContext context) => MaintenanceSwitchOptions.Read(options, context);

    public Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation) => _watch.NextAsync(request.Position, EventOf, cancellation);

    public ValueTask DisposeAsync()
    {
        _watch.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The instrument of the event is the one that is maintained; none means all.</summary>
    private StationEvent? EventOf(bool closed, bool? before) => closed == (before ?? false)
        ? null
        : new StationEvent { Type = closed ? EventType.MaintenanceBegin : EventType.MaintenanceEnd, Instrument = options.For, Note = $"switch {tools.Instrument}" };
}
