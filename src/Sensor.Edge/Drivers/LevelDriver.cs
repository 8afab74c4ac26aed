using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Drivers.Gpio;

namespace Sensor.Edge.Drivers;

/// <summary>Watches a float switch, a leak sensor or another contact, and makes an event of its state at each start and of each change.</summary>
/// <remarks>
/// <para>Link: none; any dry contact between the pin and GND.</para>
/// <para>Accuracy: not stated here; it depends on the switch.</para>
/// <para>Range: two states, named by the options.</para>
/// <para>Resolution: states that last as long as the debounce, 50 ms by default.</para>
/// <para>Timings: an event is signed after the debounce.</para>
/// <para>Differences: the national list has no code for a contact, so its state is an event and no reading: type InstrumentSetting, whose kind says what is watched and which carries the state before and after. A contact that cannot be read makes no record. No binding of Iot.Device.Bindings: GpioController tells edges by itself.</para>
/// </remarks>
internal sealed class LevelDriver(DriverTools tools, LevelOptions options) : IDriver
{
    private readonly ContactWatch _watch = new(tools, options);
    private bool _announced;

    /// <summary>None: a state is an event.</summary>
    public IReadOnlyList<DriverChannel> Channels => [];

    public TimeSpan? DataPace => TimeSpan.Zero;

    public static LevelOptions ReadOptions(StrictObject options, DriverContext context) => LevelOptions.Read(options, context);

    public async Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation)
    {
        var reply = await _watch.NextAsync(request.Position, EventOf, cancellation).ConfigureAwait(false);
        _announced |= reply is DriverReply.Happened;
        return reply;
    }

    public ValueTask DisposeAsync()
    {
        _watch.Dispose();
        return ValueTask.CompletedTask;
    }

    private StationEvent? EventOf(bool closed, bool? before) => _announced && closed == before
        ? null
        : new StationEvent { Type = EventType.InstrumentSetting, Instrument = tools.Instrument, Kind = options.Kind, Before = before is { } known ? Word(known) : null, After = Word(closed) };

    private string Word(bool closed) => closed ? options.WhenClosed : options.WhenOpen;
}
