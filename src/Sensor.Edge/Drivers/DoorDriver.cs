using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Drivers.Gpio;

namespace Sensor.Edge.Drivers;

/// <summary>Watches the door of the enclosure by a contact, and makes an event of each opening and closing.</summary>
/// <remarks>
/// <para>Link: none; any dry contact, such as a reed switch, between the pin and GND.</para>
/// <para>Accuracy: does not apply.</para>
/// <para>Range: opened and closed; an open circuit is an open door, so that a cut wire shows.</para>
/// <para>Resolution: states that last as long as the debounce, 50 ms by default.</para>
/// <para>Timings: an event is signed after the debounce.</para>
/// <para>Differences: the state is kept with the event, so that a door that was opened while the power was off shows at the next start; one that was also closed again meanwhile does not. A contact that was never seen before makes an event of its state. No binding of Iot.Device.Bindings: GpioController tells edges by itself.</para>
/// </remarks>
internal sealed class DoorDriver(DriverTools tools, DoorOptions options) : IDriver
{
    private readonly ContactWatch _watch = new(tools, options);

    /// <summary>None: what happens to the door is an event.</summary>
    public IReadOnlyList<DriverChannel> Channels => [];

    public TimeSpan? DataPace => TimeSpan.Zero;

    public static DoorOptions ReadOptions(StrictObject options, DriverContext context) => DoorOptions.Read(options, context);

    public Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation) => _watch.NextAsync(request.Position, EventOf, cancellation);

    public ValueTask DisposeAsync()
    {
        _watch.Dispose();
        return ValueTask.CompletedTask;
    }

    private StationEvent? EventOf(bool closed, bool? before) => closed == before
        ? null
        : new StationEvent { Type = EventType.Door, Instrument = tools.Instrument, Kind = closed ? "closed" : "opened" };
}
