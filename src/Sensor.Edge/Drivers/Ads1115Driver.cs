using System.Device.I2c;
using Iot.Device.Ads1115;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Buses;
using Sensor.Edge.Drivers.Analogue;

namespace Sensor.Edge.Drivers;

/// <summary>Reads an analogue probe through a Texas Instruments ADS1115 converter and its calibration curve.</summary>
/// <remarks>
/// <para>Link: https://www.ti.com/lit/ds/symlink/ads1115.pdf; counts and full scales as in dotnet/iot, src/devices/Ads1115/Ads1115.cs.</para>
/// <para>Accuracy: that of the probe and of the calibration that made the curve; that of the converter is not stated here.</para>
/// <para>Range: the curve, within a full scale of 0.256 to 6.144 V; a saturated converter or a signal beyond the curve's ends is a fault and no value, because nothing is extrapolated. No pin may see more than the supply of the converter.</para>
/// <para>Resolution: full scale / 32768, 62.5 uV at 2.048 V; values are computed exactly and rounded once, half to even, to the stated decimals.</para>
/// <para>Timings: 128 conversions per second, one at a time; a reading waits for each and takes the median.</para>
/// <para>Differences: Iot.Device.Bindings gives the codes of the registers; its class Ads1115 is not used, because it blocks a thread while it waits and cannot tell that the configuration was changed by another program.</para>
/// </remarks>
internal sealed class Ads1115Driver(DriverTools tools, Ads1115Options options) : IDriver
{
    private const byte ConversionRegister = 0;
    private const byte ConfigurationRegister = 1;
    private const int Start = 0x8000;
    private const int SingleShot = 0x0100;
    private const int NoComparator = 0x0003;
    private const int MostPolls = 20;

    /// <summary>One conversion at 128 per second, which the converter's own oscillator may stretch by a tenth.</summary>
    private static readonly TimeSpan Conversion = TimeSpan.FromMilliseconds(9);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(1);

    /// <summary>One count in units of 0.1 nV, by the code of the range: full scale / 32768.</summary>
    private static readonly int[] Count = [1_875_000, 1_250_000, 625_000, 312_500, 156_250, 78_125];

    private readonly SignalCurve _curve = new(options.Curve);

    public IReadOnlyList<DriverChannel> Channels { get; } = [new(options.Parameter, options.Unit)];

    public TimeSpan? DataPace => null;

    private int Configuration => ((int)options.Input << 12) | ((int)options.Range << 9) | SingleShot | ((int)DataRate.SPS128 << 5) | NoComparator;

    public static Ads1115Options ReadOptions(StrictObject options, DriverContext context) => Ads1115Options.Read(options, context);

    public async Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation)
    {
        var from = Instant.From(tools.Time.GetUtcNow());
        try
        {
            var counts = await tools.Buses.I2cDevice(options.Bus!, options.Address).UseAsync(device => ConvertAsync(device, cancellation), cancellation).ConfigureAwait(false);
            return counts is null
                ? new DriverReply.Failed(FailureKind.Transient, MissingReason.BadAnswer, "the converter does not hold the configuration it was given, or did not finish; is another program using it?")
                : new DriverReply.Sampled(request.Slot, [Reading(counts, from, Instant.From(tools.Time.GetUtcNow()))]);
        }
        catch (BusException e)
        {
            return e.Reply;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>All conversions in rising order, or null when the converter did not do what it was told.</summary>
    private async Task<short[]?> ConvertAsync(I2cDevice device, CancellationToken cancellation)
    {
        var counts = new short[options.Conversions];
        for (var i = 0; i < counts.Length; i++)
        {
            device.WriteWord(ConfigurationRegister, (ushort)(Start | Configuration));
            await Task.Delay(Conversion, tools.Time, cancellation).ConfigureAwait(false);
            if (!await FinishedAsync(device, cancellation).ConfigureAwait(false))
            {
                return null;
            }

            counts[i] = device.ReadSigned(ConversionRegister);
        }

        Array.Sort(counts);
        return counts;
    }

    private async Task<bool> FinishedAsync(I2cDevice device, CancellationToken cancellation)
    {
        for (var poll = 0; poll < MostPolls; poll++)
        {
            var state = device.ReadWord(ConfigurationRegister);
            if ((state & ~Start) != Configuration)
            {
                return false;
            }

            if ((state & Start) != 0)
            {
                return true;
            }

            await Task.Delay(Poll, tools.Time, cancellation).ConfigureAwait(false);
        }

        return false;
    }

    private Reading Reading(short[] counts, Instant from, Instant to)
    {
        var count = counts[counts.Length / 2];
        var volts = new MeasuredValue((long)count * Count[(int)options.Range], -10);
        var saturated = counts[0] == short.MinValue || counts[^1] == short.MaxValue;
        var value = saturated ? null : _curve.At(Fraction.Of(volts)) is { } exact ? (options.Compensation?.Apply(exact) ?? exact).Round(options.Decimals) : null;
        return new Reading
        {
            Parameter = options.Parameter,
            Value = value,
            Missing = value is null ? MissingReason.Fault : null,
            Unit = options.Unit,
            Flag = value is null ? "D" : "N",
            Instrument = tools.Instrument,
            SampledFrom = from,
            SampledTo = to < from ? from : to,
            Raw = $"{volts} V, counts {counts[0]} to {counts[^1]}{(saturated ? ", saturated" : value is null ? ", beyond the curve" : "")}",
        };
    }
}
