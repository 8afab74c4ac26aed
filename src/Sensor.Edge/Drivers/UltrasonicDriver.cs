using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Buses;
using Sensor.Edge.Drivers.Analogue;
using Sensor.Edge.Drivers.Ultrasonic;

namespace Sensor.Edge.Drivers;

/// <summary>Reads the level of water with an ultrasonic distance sensor that hangs above it and sends frames of four bytes.</summary>
/// <remarks>
/// <para>Link: https://wiki.dfrobot.com/sen0311/docs/21651 (A02YYUW) and https://wiki.dfrobot.com/sen0207/docs/20989 (JSN-SR04T, with trigger): 9600 baud, 8 data bits, no parity, 1 stop bit.</para>
/// <para>Accuracy: not stated here. How fast sound goes depends on the temperature of the air; which speed a sensor takes is not stated, so nothing is corrected.</para>
/// <para>Range: between <c>nearest</c> and <c>farthest</c> of the options; echoes outside are rejected. ESPHome states 3 to 450 cm for the A02YYUW and 25 to 600 cm for the JSN-SR04T; nearer than that lies the dead zone.</para>
/// <para>Resolution: 1 mm.</para>
/// <para>Timings: a frame every 100 to 300 ms without being asked; with <c>trigger</c> one for each byte 0x55, at least 60 ms apart. Here 100 ms lie between two.</para>
/// <para>Differences: the checksum is a sum of eight bits, so one frame proves little; a reading is the median of several, and their spread stands in the raw signal.
/// Iot.Device.Bindings has sensors that measure the echo themselves with two pins, and none that sends frames.</para>
/// </remarks>
internal sealed class UltrasonicDriver(DriverTools tools, UltrasonicOptions options) : IDriver
{
    private const int Decimals = 3;

    public IReadOnlyList<DriverChannel> Channels { get; } = [new(options.Parameter, UltrasonicOptions.Unit)];

    public TimeSpan? DataPace => null;

    public static UltrasonicOptions ReadOptions(StrictObject options, DriverContext context) => UltrasonicOptions.Read(options, context);

    public async Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation)
    {
        var from = Instant.From(tools.Time.GetUtcNow());
        try
        {
            var series = await tools.Buses.Line(options.Bus!).UseAsync((line, stop) => new EchoListener(line, options, tools.Time).ListenAsync(stop), cancellation).ConfigureAwait(false);
            return series.Problem ?? (DriverReply)new DriverReply.Sampled(request.Slot, [Reading(series, from, Instant.From(tools.Time.GetUtcNow()))]);
        }
        catch (BusException e)
        {
            return e.Reply;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Reading Reading(EchoSeries series, Instant from, Instant to) => new()
    {
        Parameter = options.Parameter,
        Value = series.Median is { } distance ? Level(distance) : null,
        Missing = series.Median is null ? MissingReason.Fault : null,
        Unit = UltrasonicOptions.Unit,
        Flag = series.Median is null ? "D" : "N",
        Instrument = tools.Instrument,
        SampledFrom = from,
        SampledTo = to < from ? from : to,
        Raw = series.ToString(),
    };

    private MeasuredValue? Level(int distance) => (Fraction.Of(options.Height) - Fraction.Of(new MeasuredValue(distance, -3))).Round(Decimals);
}
