using System.Device.I2c;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Buses;
using Sensor.Edge.Drivers.Analogue;

namespace Sensor.Edge.Drivers;

/// <summary>Watches the station's supply through a Texas Instruments INA219, and reports when mains are lost or back and when the battery is low or well again.</summary>
/// <remarks>
/// <para>Link: https://www.ti.com/lit/ds/symlink/ina219.pdf.</para>
/// <para>Accuracy: not stated here; it depends on the shunt.</para>
/// <para>Range: bus 0 to 32 V, shunt -320 to 320 mV, which is 3.2 A with 0.1 Ohm.</para>
/// <para>Resolution: bus 4 mV, shunt 10 uV.</para>
/// <para>Timings: one triggered conversion that averages 128 samples of bus and shunt, about 137 ms; it is polled for 200 ms more.</para>
/// <para>Differences: the national list has no codes for a supply, so there are events and no readings, and a failed read makes no record. The class Ina219 of Iot.Device.Bindings is not used: it reads the signed shunt register as unsigned, goes through binary fractions, and does not look at the conversion-ready bit.</para>
/// </remarks>
internal sealed class Ina219Driver(DriverTools tools, Ina219Options options) : IDriver
{
    private const byte ConfigurationRegister = 0;
    private const byte ShuntRegister = 1;
    private const byte BusRegister = 2;

    /// <summary>32 V, +-320 mV, 128 samples each, one conversion of both.</summary>
    private const ushort Configuration = 0x3FFB;
    private const int Ready = 2;
    private const int MostBus = 8_000;
    private const int MostPolls = 10;
    private static readonly TimeSpan Conversion = TimeSpan.FromMilliseconds(140);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly SupplyWatch _watch = new(options);

    /// <summary>None: what happens to the supply is an event.</summary>
    public IReadOnlyList<DriverChannel> Channels => [];

    public TimeSpan? DataPace => null;

    public static Ina219Options ReadOptions(StrictObject options, DriverContext context) => Ina219Options.Read(options, context);

    public async Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation)
    {
        try
        {
            return await tools.Buses.I2cDevice(options.Bus!, options.Address)
                .UseAsync(device => MeasureAsync(device, request.Position, cancellation), cancellation).ConfigureAwait(false);
        }
        catch (BusException e)
        {
            return e.Reply;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<DriverReply> MeasureAsync(I2cDevice device, string? position, CancellationToken cancellation)
    {
        device.WriteWord(ConfigurationRegister, Configuration);
        await Task.Delay(Conversion, tools.Time, cancellation).ConfigureAwait(false);
        int bus = device.ReadWord(BusRegister);
        for (var poll = 0; poll < MostPolls && (bus & Ready) == 0; poll++)
        {
            await Task.Delay(Poll, tools.Time, cancellation).ConfigureAwait(false);
            bus = device.ReadWord(BusRegister);
        }

        if ((bus & Ready) == 0 || bus >> 3 > MostBus || device.ReadWord(ConfigurationRegister) != Configuration)
        {
            return new DriverReply.Failed(FailureKind.Transient, MissingReason.BadAnswer, $"the conversion did not end as it was asked for; the bus register is {bus:X4}");
        }

        return Judge(new MeasuredValue((bus >> 3) * 4, -3), device.ReadSigned(ShuntRegister), position);
    }

    private DriverReply Judge(MeasuredValue volts, short shunt, string? position)
    {
        if (_watch.Next(volts, position) is not { } change)
        {
            return new DriverReply.Unchanged();
        }

        var amperes = (Fraction.Of(new MeasuredValue(shunt, -5)) / Fraction.Of(options.Shunt)).Round(3);
        return new DriverReply.Happened(
            new StationEvent { Type = EventType.Power, Instrument = tools.Instrument, Kind = change.Kind, Level = volts, Note = $"{amperes} A" },
            change.Position);
    }
}
