using System.Device.I2c;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;
using Sensor.Edge.Buses;
using Sensor.Edge.Drivers.Analogue;
using Sensor.Edge.Drivers.Ezo;

namespace Sensor.Edge.Drivers;

/// <summary>Reads a pH, dissolved oxygen, conductivity, ORP or temperature probe through an Atlas Scientific EZO circuit.</summary>
/// <remarks>
/// <para>Link: https://atlas-scientific.com, datasheets of EZO-pH, EZO-DO, EZO-EC, EZO-ORP and EZO-RTD; answers as in published transcripts.</para>
/// <para>Accuracy: that of the probe and its last calibration; not stated here.</para>
/// <para>Range: pH 0 to 14, ORP -1019.9 to 1019.9 mV, RTD -126 to 1254 Cel, DO and EC from 0; a value beyond is a fault of the probe.</para>
/// <para>Resolution: the digits that the circuit sends, unchanged.</para>
/// <para>Timings: 300 ms for a query of settings, 1 s (option) for a reading; a circuit that still works is asked every 100 ms for 2 s more. Settings are asked at the start, once a day of UTC and after each failure.</para>
/// <para>Differences: Iot.Device.Bindings has no class for EZO circuits that this driver could stand on. Firmwares differ in the case of their answers, and some pH circuits give two and some three fields of slope.</para>
/// </remarks>
internal sealed class AtlasEzoDriver(DriverTools tools, AtlasEzoOptions options) : IDriver
{
    private const long Day = 86_400_000;
    private readonly EzoKind _kind = EzoKind.Of(options.Type);

    /// <summary>The day on which the settings were last seen to be those that are on record.</summary>
    private long? _checkedOn;

    public IReadOnlyList<DriverChannel> Channels { get; } = [new(options.Parameter, options.Unit)];

    public TimeSpan? DataPace => null;

    private string Command => options.Temperature is { } temperature ? $"RT,{temperature}" : "R";

    public static AtlasEzoOptions ReadOptions(StrictObject options, DriverContext context) => AtlasEzoOptions.Read(options, context);

    public async Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation)
    {
        var device = tools.Buses.I2cDevice(options.Bus!, options.Address);
        DriverReply reply;
        try
        {
            reply = await device.UseAsync(open => TalkAsync(open, request, cancellation), cancellation).ConfigureAwait(false);
        }
        catch (BusException e)
        {
            reply = e.Reply;
        }

        if (reply is DriverReply.Failed)
        {
            // Someone may put another circuit there.
            _checkedOn = null;
        }

        return reply;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<DriverReply> TalkAsync(I2cDevice device, SampleRequest request, CancellationToken cancellation)
    {
        var conversation = new EzoConversation(device, tools.Time, cancellation);
        var today = request.Slot.UnixMilliseconds / Day;
        if (_checkedOn != today)
        {
            var (settings, failed) = await EzoSettings.ReadAsync(conversation, _kind).ConfigureAwait(false);
            if (settings is null)
            {
                return failed!;
            }

            if (settings.Text != request.Position)
            {
                return Changed(settings, request.Position);
            }

            _checkedOn = today;
        }

        return await MeasureAsync(conversation, request.Slot).ConfigureAwait(false);
    }

    private DriverReply.Happened Changed(EzoSettings settings, string? before) => new(
        new StationEvent
        {
            Type = EventType.InstrumentSetting,
            Instrument = tools.Instrument,
            Parameter = options.Parameter,
            Kind = "settings",
            Before = before,
            After = WireText.Fit(settings.Text, WireLimits.Note),
            Note = $"supply {settings.Supply} V",
        },
        settings.Text);

    private async Task<DriverReply> MeasureAsync(EzoConversation conversation, Instant slot)
    {
        var from = Instant.From(tools.Time.GetUtcNow());
        var answer = await conversation.AskAsync(Command, options.Processing).ConfigureAwait(false);
        if (answer.Text is not { } text)
        {
            return new DriverReply.Failed(FailureKind.Transient, answer.Reason!.Value, answer.Detail);
        }

        return EzoFields.Of(text) is { } fields && fields.Length == options.Fields && Array.TrueForAll(fields, field => MeasuredValue.TryParse(field, out _))
            ? new DriverReply.Sampled(slot, [Reading(MeasuredValue.Parse(fields[options.Field - 1]), text, from)])
            : new DriverReply.Failed(FailureKind.Transient, MissingReason.BadAnswer, $"{Command}: '{text}' instead of {options.Fields} numbers");
    }

    private Reading Reading(MeasuredValue value, string raw, Instant from)
    {
        var to = Instant.From(tools.Time.GetUtcNow());
        var broken = DecimalOption.IsLess(value, _kind.Least) || (_kind.Most is { } most && DecimalOption.IsLess(most, value));
        return new Reading
        {
            Parameter = options.Parameter,
            Value = broken ? null : value,
            Missing = broken ? MissingReason.Fault : null,
            Unit = options.Unit,
            Flag = broken ? "D" : "N",
            Instrument = tools.Instrument,
            SampledFrom = from,
            SampledTo = to < from ? from : to,
            Raw = raw,
        };
    }
}
