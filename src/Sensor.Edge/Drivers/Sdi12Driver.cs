using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Buses;
using Sensor.Edge.Drivers.Sdi12;

namespace Sensor.Edge.Drivers;

/// <summary>Reads a probe on an SDI-12 line behind a serial adapter.</summary>
/// <remarks>
/// <para>Link: https://www.sdi-12.org, SDI-12 specification 1.4; clause 4 for commands and checksum, clause 7 for timing.</para>
/// <para>Accuracy: that of the probe; the digits it sends are passed on unchanged.</para>
/// <para>Range: values of a sign, one to seven digits and perhaps a point.</para>
/// <para>Resolution: that of the probe.</para>
/// <para>Timings: 1200 baud, 7 bits, even parity; a break of 20 ms (at least 12), marking of 10 ms (at least 8.33), an answer within 1 s, three attempts each with a break.
/// A probe may take up to 999 s for a measurement and says how long.</para>
/// <para>Differences: every command has a break before it, because a retry comes later than the 87 ms within which none is needed. A probe that gives another number of values
/// than it promised, or than is configured, gives none. Not proved on a real line.</para>
/// </remarks>
internal sealed class Sdi12Driver(DriverTools tools, Sdi12Options options) : IDriver
{
    private readonly Sdi12Measurement _measurement = new(tools.Buses.Line(options.Bus!), options, tools.Timeout, tools.Time);

    public IReadOnlyList<DriverChannel> Channels { get; } = [.. options.Values.OfType<Sdi12Point>().Select(point => new DriverChannel(point.Parameter, point.Unit))];

    public TimeSpan? DataPace => null;

    public static Sdi12Options ReadOptions(StrictObject options, DriverContext context) => Sdi12OptionsReader.Read(options, context);

    public async Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation)
    {
        var began = tools.Time.GetTimestamp();
        try
        {
            var values = await _measurement.RunAsync(cancellation).ConfigureAwait(false);
            var end = request.Slot.PlusMilliseconds((long)tools.Time.GetElapsedTime(began).TotalMilliseconds);
            return values.Problem is { } problem ? problem : Sampled(values.Value!, request.Slot, end);
        }
        catch (BusException e)
        {
            return e.Reply;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private DriverReply.Sampled Sampled(IReadOnlyList<string> values, Instant from, Instant to) => new(
        from,
        [.. values.Zip(options.Values).Where(pair => pair.Second is not null).Select(pair => Reading(pair.First, pair.Second!, from, to))]);

    private Reading Reading(string raw, Sdi12Point point, Instant from, Instant to)
    {
        var invalid = point.Invalid.Contains(raw);
        return new Reading
        {
            Parameter = point.Parameter,
            Value = invalid ? null : Sdi12Parser.Value(raw),
            Missing = invalid ? MissingReason.Fault : null,
            Unit = point.Unit,
            Flag = invalid ? "D" : "N",
            Instrument = tools.Instrument,
            SampledFrom = from,
            SampledTo = to,
            Raw = raw,
        };
    }
}
