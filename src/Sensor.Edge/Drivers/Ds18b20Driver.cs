using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Drivers.OneWire;

namespace Sensor.Edge.Drivers;

/// <summary>Reads a DS18B20 temperature probe through the kernel's file <c>w1_slave</c>.</summary>
/// <remarks>
/// <para>Link: https://www.analog.com/media/en/technical-documentation/data-sheets/DS18B20.pdf and the kernel's Documentation/w1/slaves/w1_therm.rst.</para>
/// <para>Accuracy: 0.5 degrees from -10 to 85 degrees Celsius, by the datasheet; not proved here.</para>
/// <para>Range: -55 to 125 degrees Celsius.</para>
/// <para>Resolution: 0.0625 degrees at 12 bits, the setting at power-on; every value is written with its four decimals.</para>
/// <para>Timings: a conversion takes at most 750 ms at 12 bits; the kernel makes one at each reading of the file and holds the reader meanwhile.</para>
/// <para>Differences: the kernel's YES also comes for nine zero bytes, and its temperature may belong to older bytes; both are refused.
/// So is 85 degrees exactly, which water has nowhere. Iot.Device.Bindings reads only the temperature and cannot show the bytes, so the file is read here.</para>
/// </remarks>
internal sealed class Ds18b20Driver(DriverTools tools, Ds18b20Options options) : IDriver
{
    private const string Unit = "Cel";

    /// <summary>Two lines take about 75 bytes.</summary>
    private const int Longest = 512;

    private readonly string _file = Path.Combine(options.Folder, options.Device, "w1_slave");
    private Task<string>? _reading;

    public IReadOnlyList<DriverChannel> Channels { get; } = [new(options.Parameter, Unit)];

    public TimeSpan? DataPace => null;

    public static Ds18b20Options ReadOptions(StrictObject options, DriverContext context)
    {
        var usual = new Ds18b20Options { Device = "" };
        return new Ds18b20Options
        {
            Device = options.Text("device", IsDevice, "the probe's folder, 28- and twelve small hexadecimal digits, as listed under " + usual.Folder),
            Folder = options.OptionalText("folder", expected: "the kernel's folder of 1-Wire devices") is { Length: > 0 } folder ? context.Resolve(folder) : usual.Folder,
            Parameter = options.OptionalText("parameter", IsTemperature, "the factor code of a temperature, such as " + usual.Parameter) ?? usual.Parameter,
        };
    }

    public async Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation)
    {
        if (_reading is { IsCompleted: false })
        {
            return Failed(FailureKind.Faulted, MissingReason.NoAnswer, "an earlier reading of it has still not come back");
        }

        var began = tools.Time.GetTimestamp();
        try
        {
            // The kernel cannot be interrupted while it waits for the conversion, so another thread waits for the kernel.
            _reading = Task.Factory.StartNew(ReadFile, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return Reply(await _reading.WaitAsync(cancellation).ConfigureAwait(false), request.Slot, tools.Time.GetElapsedTime(began));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Failed(FailureKind.Faulted, MissingReason.NoAnswer, "the probe is not on the bus; check its wires, the overlay w1-gpio and the device id");
        }
        catch (UnauthorizedAccessException e)
        {
            return Failed(FailureKind.Misconfigured, MissingReason.NoAnswer, e.Message);
        }
        catch (IOException e)
        {
            return Failed(FailureKind.Transient, MissingReason.NoAnswer, e.Message);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool IsDevice(string text) => text.Length == 15 && text.StartsWith("28-", StringComparison.Ordinal) && text[3..].All(char.IsAsciiHexDigitLower);

    private static bool IsTemperature(string code) => ParameterCatalogue.Find(code)?.Unit == Unit;

    /// <summary>One open and reading makes one conversion. The size that such a file states is not that of its text.</summary>
    private string ReadFile()
    {
        using var file = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var bytes = new byte[Longest];
        return Encoding.ASCII.GetString(bytes, 0, file.ReadAtLeast(bytes, Longest, throwOnEndOfStream: false));
    }

    private DriverReply Reply(string text, Instant slot, TimeSpan took)
    {
        if (ThermometerFile.Parse(text) is not { } file)
        {
            return Failed(FailureKind.Transient, MissingReason.BadAnswer, "these are not the two lines of a thermometer");
        }

        var raw = Convert.ToHexStringLower(file.Bytes);
        var value = Thermometer.Read(file, out var problem);
        return problem is { } found
            ? new DriverReply.Failed(FailureKind.Transient, found.Reason, $"{raw}: {found.What}")
            : new DriverReply.Sampled(slot, [Reading(value!.Value, raw, slot, slot.PlusMilliseconds((long)took.TotalMilliseconds))]);
    }

    private Reading Reading(MeasuredValue value, string raw, Instant from, Instant to) => new()
    {
        Parameter = options.Parameter,
        Value = value,
        Unit = Unit,
        Flag = "N",
        Instrument = tools.Instrument,
        SampledFrom = from,
        SampledTo = to,
        Raw = raw,
    };

    private DriverReply.Failed Failed(FailureKind kind, MissingReason reason, string what) => new(kind, reason, $"{options.Device}: {what}");
}
