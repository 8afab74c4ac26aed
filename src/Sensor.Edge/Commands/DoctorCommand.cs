using System.Globalization;
using System.Net.Sockets;
using Sensor.Contracts;
using Sensor.Edge.Buses;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Health;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Commands;

/// <summary><c>waterwatch-edge doctor</c>: looks at everything that a station needs, names what it found, what is wrong and how to mend it.</summary>
internal sealed class DoctorCommand(StationConfiguration configuration, IBusHardware hardware, TimeProvider time, IKernelClock kernel, string root)
{
    private const long LittleSpace = 200_000_000;
    private const double Hot = 75;
    private static readonly TimeSpan BrokerPatience = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(StationConfiguration configuration, CancellationToken cancellation)
    {
        var doctor = new DoctorCommand(configuration, new LinuxBuses(TimeProvider.System), TimeProvider.System, new KernelClock(), "/");
        var worst = FindingGrade.Good;
        await foreach (var finding in doctor.ExamineAsync(cancellation).ConfigureAwait(false))
        {
            worst = finding.Grade > worst ? finding.Grade : worst;
            await Console.Out.WriteLineAsync(finding.ToString()).ConfigureAwait(false);
        }

        return worst == FindingGrade.Wrong ? ExitCodes.Findings : ExitCodes.Done;
    }

    /// <summary>Everything, as it is found. Beside a running station its serial lines are in use and so found wrong.</summary>
    public async IAsyncEnumerable<Finding> ExamineAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return Clock();
        yield return Key();
        foreach (var finding in Device())
        {
            yield return finding;
        }

        yield return await BrokerAsync(cancellation).ConfigureAwait(false);
        var trial = new InstrumentTrial(configuration, hardware, time);
        await using var disposed = trial.ConfigureAwait(false);
        foreach (var bus in configuration.Buses)
        {
            yield return await BusExamination.OfAsync(bus, trial.Buses, cancellation).ConfigureAwait(false);
        }

        if (BusExamination.OneWireProbes(root) is { } oneWire)
        {
            yield return oneWire;
        }

        foreach (var instrument in configuration.Instruments)
        {
            yield return Instrument(instrument, await trial.ReadAsync(instrument, cancellation).ConfigureAwait(false));
        }
    }

    private Finding Clock()
    {
        var state = new StationClock(time, kernel).State;
        return state.Status == ClockStatus.Synchronised
            ? Finding.Good("clock", $"synchronised, {state.ErrorMilliseconds} ms at most")
            : new Finding(FindingGrade.Doubtful, "clock", $"not synchronised ({state.Source})", "Records say so until it is; let chrony or systemd-timesyncd reach a time server, and give the board a DS3231");
    }

    private Finding Key() => File.Exists(configuration.KeyFile)
        ? Finding.Good("key", configuration.KeyFile)
        : new Finding(FindingGrade.Wrong, "key", $"{configuration.KeyFile} does not exist", "Make it with: waterwatch-edge enroll");

    private IEnumerable<Finding> Device()
    {
        var machine = new Machine(root, configuration.DataDirectory);
        yield return machine.FreeBytes is not { } free ? new Finding(FindingGrade.Doubtful, "storage", $"{configuration.DataDirectory} does not exist yet", "The station makes it")
            : free < LittleSpace ? new Finding(FindingGrade.Wrong, "storage", $"{free / 1_000_000} MB are free", "Free space on the volume of dataDirectory")
            : Finding.Good("storage", $"{free / 1_000_000} MB are free");
        if (machine.Throttled is { } flags)
        {
            yield return (flags & 0x1) != 0 ? new Finding(FindingGrade.Wrong, "supply", "under-voltage now", "Take a stronger supply or a shorter, thicker cable")
                : (flags & 0x10000) != 0 ? new Finding(FindingGrade.Doubtful, "supply", "there was under-voltage since the start", "Take a stronger supply or a shorter, thicker cable")
                : Finding.Good("supply", "no under-voltage since the start");
        }

        if (machine.Temperature is { } celsius)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{celsius:F1} degrees");
            yield return celsius > Hot ? new Finding(FindingGrade.Doubtful, "temperature", text, "Shade or ventilate the enclosure") : Finding.Good("temperature", text);
        }
    }

    private async Task<Finding> BrokerAsync(CancellationToken cancellation)
    {
        var (host, port) = (configuration.Mqtt.Host, configuration.Mqtt.Port);
        using var patience = new CancellationTokenSource(BrokerPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(host, port, either.Token).ConfigureAwait(false);
            return Finding.Good("broker", $"{host}:{port} takes connections");
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            var said = e is SocketException ? e.Message.TrimEnd('.') : $"no answer within {BrokerPatience.TotalSeconds} s";
            return new Finding(FindingGrade.Wrong, "broker", $"{host}:{port}: {said}", "Check mqtt.host, mqtt.port and the network; sampling does not wait for it");
        }
    }

    private static Finding Instrument(InstrumentConfiguration instrument, DriverReply reply)
    {
        var subject = $"instrument {instrument.Id} ({DriverCatalog.Of(instrument.Options).Name})";
        return reply switch
        {
            DriverReply.Failed failed => new Finding(FindingGrade.Wrong, subject, $"{failed.Reason}, {failed.Detail.TrimEnd('.')}", failed.Kind switch
            {
                FailureKind.Misconfigured => "Correct its options",
                FailureKind.Faulted => "Look at the instrument",
                _ => "Check its cable, supply and address",
            }),
            DriverReply.Sampled sampled when sampled.Readings.Any(r => r.Value is null) => new Finding(
                FindingGrade.Doubtful, subject, string.Join(", ", sampled.Readings.Select(Words)), "See why values are missing"),
            DriverReply.Sampled sampled => Finding.Good(subject, string.Join(", ", sampled.Readings.Select(Words))),
            DriverReply.Happened happened => Finding.Good(subject, $"{happened.Event.Type} {happened.Event.Kind} {happened.Event.After}".TrimEnd()),
            _ => Finding.Good(subject, "answers, and has nothing new"),
        };
    }

    private static string Words(Reading reading) =>
        $"{ParameterCatalogue.Find(reading.Parameter)?.Symbol ?? reading.Parameter} {reading.Value?.ToString() ?? "missing: " + reading.Missing} {reading.Unit}";
}
