using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Buses;
using Sensor.Edge.Buses.Modbus;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers.Modbus;

namespace Sensor.Edge.Drivers;

/// <summary>Reads any Modbus unit by a register map: RTU on a serial line, RTU through a TCP gateway, Modbus TCP.</summary>
/// <remarks>
/// <para>Link: docs/station.md, section "modbus"; Modbus Application Protocol V1.1b3, Modbus over serial line V1.02; maps in hardware/profiles.</para>
/// <para>Accuracy: that of the instrument; its digits are taken over exactly.</para>
/// <para>Range: as the map says; what is not a number or has more than 15 digits or 12 decimals is missing.</para>
/// <para>Resolution: that of the registers.</para>
/// <para>Timings: a reply within responseTimeout, 1 s by default; 3.5 characters of silence before each question. Settings are read at the start, once a day of UTC and after each failure.</para>
/// <para>Differences: word order differs between makers and is never assumed; "busy" (exceptions 5 and 6) is missing, not 0; probes that are started by reading or writing no register are served.</para>
/// </remarks>
internal sealed class ModbusDriver(DriverTools tools, ModbusOptions options) : IDriver
{
    private const long Day = 86_400_000;
    private readonly ModbusTimings _timings = new(options.OverTcp, options.Response, options.Retries, options.Pause);
    private readonly IReadOnlyList<ModbusBlock> _blocks = ModbusBlock.Of(options.Map.Points, options.MostRegisters);
    private readonly BackOff _backOff = new(tools.Time);
    private readonly ModbusReadings _readings = new(options.Map, tools.Instrument);

    /// <summary>The day on which the settings were last seen to be those that are on record.</summary>
    private long? _checkedOn;

    public IReadOnlyList<DriverChannel> Channels { get; } = [.. options.Map.Measured.Select(m => new DriverChannel(m.Parameter, m.Unit))];

    public TimeSpan? DataPace => null;

    public static ModbusOptions ReadOptions(StrictObject options, DriverContext context)
    {
        var bus = context.Bus(options, typeof(SerialBusConfiguration), typeof(TcpBusConfiguration));
        var isTcp = context.Buses.Any(b => b.Id == bus && b is TcpBusConfiguration);
        var framing = options.Word("framing", isTcp ? ["tcp", "rtu"] : ["rtu"], isTcp ? null : "rtu");
        return new ModbusOptions
        {
            Bus = bus,
            Unit = (byte)options.Whole("unit", 0, 255),
            OverTcp = framing == "tcp",
            Map = ReadMap(options, context),
            Response = InstrumentReader.Span(options, "responseTimeout", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)) ?? TimeSpan.FromSeconds(1),
            Retries = (int)options.Whole("retries", 0, 10, 1),
            Pause = InstrumentReader.Span(options, "pauseBetweenRequests", TimeSpan.Zero, TimeSpan.FromSeconds(10)) ?? TimeSpan.Zero,
            MostRegisters = Most((int)options.Whole("mostRegisters", 1, 125, 125), options.Truth("oneRequestPerPoint", false)),
            CloseAfterRead = options.Truth("closeAfterRead", false),
        };
    }

    public async Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation)
    {
        if (_backOff.Left is var left && left > TimeSpan.Zero)
        {
            return Silent($"not asked: it was silent, and is asked again in {Math.Ceiling(left.TotalSeconds)} s");
        }

        try
        {
            var reply = await tools.Buses.Line(options.Bus!).UseAsync((line, token) => ConverseAsync(line, request, token), cancellation, options.CloseAfterRead).ConfigureAwait(false);
            return reply is DriverReply.Failed failed ? Failing(failed) : reply;
        }
        catch (BusException e)
        {
            return Failing(e.Reply);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static int Most(int registers, bool onePerPoint) => onePerPoint ? 1 : registers;

    private static ModbusMap ReadMap(StrictObject options, DriverContext context)
    {
        if (options.OptionalText("profile", expected: "the path of a profile") is not { Length: > 0 } profile)
        {
            return ModbusMapReader.Read(options);
        }

        try
        {
            return ModbusMapReader.ReadProfile(context.Resolve(profile));
        }
        catch (DocumentException e)
        {
            options.Problem("profile", e.Message, "Correct the profile");
            return new ModbusMap([], null, null, null, null);
        }
    }

    private async Task<DriverReply> ConverseAsync(IByteLine line, SampleRequest request, CancellationToken cancellation)
    {
        var master = new ModbusMaster(line, _timings, tools.Time);
        var before = ModbusPosition.Parse(request.Position);
        if (await CheckSettingsAsync(master, request.Slot, before, cancellation).ConfigureAwait(false) is { } other)
        {
            return other;
        }

        var started = Now;
        if (options.Map.Start is { } start && await StartAsync(master, start, cancellation).ConfigureAwait(false) is { } refused)
        {
            return refused;
        }

        var data = new List<(ModbusBlock Block, byte[] Bytes)>();
        foreach (var block in _blocks)
        {
            switch (await master.AskAsync(block.Request(options.Unit), cancellation).ConfigureAwait(false))
            {
                case ModbusReply.Data good:
                    data.Add((block, good.Bytes));
                    break;
                case var bad:
                    return Failure(bad);
            }
        }

        _backOff.Answered();
        var water = options.Map.Start is null ? (request.Slot, request.Slot) : (started, Now);
        return _readings.Of(point => data.First(d => d.Block.Holds(point)) is var (block, bytes) ? block.Of(point, bytes) : [], request.Slot, before, water);
    }

    /// <summary>Null when the settings are those that are on record, or are not due.</summary>
    private async Task<DriverReply?> CheckSettingsAsync(ModbusMaster master, Instant slot, ModbusPosition before, CancellationToken cancellation)
    {
        var today = slot.UnixMilliseconds / Day;
        if (options.Map.Settings.Count == 0 || _checkedOn == today)
        {
            return null;
        }

        var parts = new List<string>();
        foreach (var setting in options.Map.Settings)
        {
            switch (await master.AskAsync(setting.Block.Request(options.Unit), cancellation).ConfigureAwait(false))
            {
                case ModbusReply.Data good:
                    parts.Add(setting.With(good.Bytes));
                    break;
                case var bad:
                    return Failure(bad);
            }
        }

        var settings = string.Join("; ", parts);
        if (settings != before.Settings)
        {
            return Changed(settings, before);
        }

        _checkedOn = today;
        return null;
    }

    private DriverReply.Happened Changed(string settings, ModbusPosition before) => new(
        new StationEvent { Type = EventType.InstrumentSetting, Instrument = tools.Instrument, Kind = "settings", Before = before.Settings, After = settings },
        (before with { Settings = settings }).Text);

    /// <summary>Someone may put another instrument there.</summary>
    private DriverReply.Failed Failing(DriverReply.Failed failed)
    {
        _checkedOn = null;
        return failed;
    }

    private async Task<DriverReply?> StartAsync(ModbusMaster master, ModbusStart start, CancellationToken cancellation)
    {
        var question = start.Function switch
        {
            ModbusRequest.WriteOne => ModbusRequest.Write(options.Unit, start.Address, start.Values[0]),
            ModbusRequest.WriteMany => ModbusRequest.Write(options.Unit, start.Address, start.Values),
            _ => ModbusRequest.Read(options.Unit, start.Function, start.Address, start.Count),
        };
        if (await master.AskAsync(question, cancellation).ConfigureAwait(false) is not ModbusReply.Data and var bad)
        {
            return Failure(bad);
        }

        await Task.Delay(start.Wait, tools.Time, cancellation).ConfigureAwait(false);
        return null;
    }

    private DriverReply.Failed Failure(ModbusReply reply)
    {
        if (reply is ModbusReply.Exception { Code: var code })
        {
            _backOff.Answered();
            return Refused(code);
        }

        _backOff.Silent();
        return reply is ModbusReply.None { Received: { Length: > 0 } received }
            ? new DriverReply.Failed(FailureKind.Transient, MissingReason.BadAnswer, "no valid answer, but " + Convert.ToHexString(received))
            : Silent($"no answer within {options.Response.TotalMilliseconds} ms, {options.Retries + 1} times");
    }

    /// <summary>The exception codes of Modbus Application Protocol V1.1b3, section 7.</summary>
    private static DriverReply.Failed Refused(byte code) => code switch
    {
        1 or 2 or 3 => new(FailureKind.Misconfigured, MissingReason.BadAnswer, $"exception {code}: the unit does not know this function, register or count"),
        5 or 6 => new(FailureKind.Transient, MissingReason.Busy, $"exception {code}: busy"),
        10 or 11 => new(FailureKind.Transient, MissingReason.NoAnswer, $"exception {code}: the gateway does not reach the unit"),
        _ => new(FailureKind.Faulted, MissingReason.Fault, $"exception {code}"),
    };

    private static DriverReply.Failed Silent(string detail) => new(FailureKind.Transient, MissingReason.NoAnswer, detail);

    private Instant Now => Instant.From(tools.Time.GetUtcNow());
}
