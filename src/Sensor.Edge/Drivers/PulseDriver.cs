using System.Device.Gpio;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Buses;
using Sensor.Edge.Drivers.Gpio;

namespace Sensor.Edge.Drivers;

/// <summary>Counts pulses of a rain gauge or flow meter; a reading is the sum since the slot before.</summary>
/// <remarks>
/// <para>Link: none; any contact or open collector between the pin and GND.</para>
/// <para>Accuracy: not stated here; it depends on the gauge.</para>
/// <para>Range: pulses at least the debounce apart, 10 ms by default; how fast the platform delivers edges is not stated here.</para>
/// <para>Resolution: one pulse, which stands for <c>perPulse</c> exactly.</para>
/// <para>Timings: a read takes the count without waiting; the reading is dated from the read before to this one.</para>
/// <para>Differences: nothing was counted before the first read, or before the pin was opened again after a fault, so that reading is missing and not 0. Edges that follow a counted one within the debounce are rejected, and their number stands in the raw signal. No binding of Iot.Device.Bindings: GpioController tells edges by itself.</para>
/// </remarks>
internal sealed class PulseDriver : IDriver
{
    private readonly DriverTools _tools;
    private readonly PulseOptions _options;
    private readonly PulseCounter _counter;
    private readonly InputPin _pin;
    private long _since;

    public PulseDriver(DriverTools tools, PulseOptions options)
    {
        (_tools, _options) = (tools, options);
        _counter = new PulseCounter(options.Debounce, tools.Time);
        _pin = new InputPin(tools.Buses, options.Bus!, options.Pin, options.Pull, options.Rising ? PinEventTypes.Rising : PinEventTypes.Falling, _ => _counter.Add());
    }

    public IReadOnlyList<DriverChannel> Channels => [new(_options.Parameter, _options.Unit)];

    public TimeSpan? DataPace => null;

    public static PulseOptions ReadOptions(StrictObject options, DriverContext context) => PulseOptions.Read(options, context);

    public Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation)
    {
        try
        {
            var opened = _pin.Open();
            _pin.IsHigh();
            return Task.FromResult<DriverReply>(new DriverReply.Sampled(request.Slot, [Next(opened)]));
        }
        catch (BusException e)
        {
            return Task.FromResult<DriverReply>(e.Reply);
        }
    }

    public ValueTask DisposeAsync()
    {
        _pin.Dispose();
        return ValueTask.CompletedTask;
    }

    private Reading Next(bool opened)
    {
        var (now, to) = (_tools.Time.GetTimestamp(), Instant.From(_tools.Time.GetUtcNow()));
        var (counted, rejected) = _counter.Take();
        var span = opened ? TimeSpan.Zero : _tools.Time.GetElapsedTime(_since, now);
        _since = now;
        MeasuredValue? value = opened ? null : Times(_options.PerPulse, counted);
        return new Reading
        {
            Parameter = _options.Parameter,
            Value = value,
            Missing = value is not null ? null : opened ? MissingReason.NotReported : MissingReason.NotRepresentable,
            Unit = _options.Unit,
            Flag = opened ? "F" : "N",
            Instrument = _tools.Instrument,
            SampledFrom = to.PlusMilliseconds(-(long)span.TotalMilliseconds),
            SampledTo = to,
            Raw = opened ? "counting began" : $"pulses {counted}, rejected {rejected}",
        };
    }

    private static MeasuredValue? Times(MeasuredValue perPulse, long count) =>
        Math.BigMul(perPulse.Mantissa, count) is var product && product <= MeasuredValue.MaxMantissa ? new MeasuredValue((long)product, perPulse.Exponent) : null;
}
