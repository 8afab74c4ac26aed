using System.Device.I2c;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Buses;
using Sensor.Edge.Drivers.Clock;

namespace Sensor.Edge.Drivers;

/// <summary>Watches the DS3231 real-time clock: whether its oscillator stopped, and whether it agrees with the station's wall clock.</summary>
/// <remarks>
/// <para>Link: https://www.analog.com/media/en/technical-documentation/data-sheets/ds3231.pdf.</para>
/// <para>Accuracy: 2 ppm from 0 to 40 Cel, 3.5 ppm from -40 to 85 Cel, 0.3 s a day at most.</para>
/// <para>Range: years 2000 to 2099, in UTC.</para>
/// <para>Resolution: 1 s.</para>
/// <para>Timings: one transaction of 19 registers, so that no second passes between two of them.</para>
/// <para>Differences: it only reads; the oscillator-stop flag is cleared by who sets the clock, and the Linux driver rtc-ds1307 clears it when it starts, so without that driver the flag is seen and with it the wrong time is. The class Ds3231 of Iot.Device.Bindings is not used: it takes a clear century bit, which Linux writes, for the years 1900 to 1999, accepts digits above 9, and does not know the flag.</para>
/// </remarks>
internal sealed class Ds3231Driver(DriverTools tools, Ds3231Options options) : IDriver
{
    private const int Address = 0x68;
    private readonly RtcWatch _watch = new(options.Tolerance);

    /// <summary>None: a clock says nothing about the water.</summary>
    public IReadOnlyList<DriverChannel> Channels => [];

    public TimeSpan? DataPace => null;

    public static Ds3231Options ReadOptions(StrictObject options, DriverContext context) => Ds3231Options.Read(options, context);

    public async Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation)
    {
        try
        {
            var (registers, wall) = await tools.Buses.I2cDevice(options.Bus!, Address).UseAsync(device => Task.FromResult(Registers(device)), cancellation).ConfigureAwait(false);
            return Ds3231Registers.Read(registers) is { } clock
                ? Judge(clock, wall, request.Position)
                : new DriverReply.Failed(FailureKind.Transient, MissingReason.BadAnswer, $"the clock shows no time: {Convert.ToHexString(registers)}");
        }
        catch (BusException e)
        {
            return e.Reply;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private (byte[] Registers, Instant Wall) Registers(I2cDevice device)
    {
        var registers = new byte[Ds3231Registers.Count];
        device.WriteRead([0], registers);
        return (registers, Instant.From(tools.Time.GetUtcNow()));
    }

    private DriverReply Judge(Ds3231Registers clock, Instant wall, string? position) => _watch.Next(clock, wall, position) is { } change
        ? new DriverReply.Happened(
            new StationEvent
            {
                Type = EventType.InstrumentSetting,
                Instrument = tools.Instrument,
                Kind = change.Kind,
                Before = change.Before,
                After = change.After,
                Note = $"clock {clock.Time}, station {wall}",
            },
            change.Position)
        : new DriverReply.Unchanged();
}
