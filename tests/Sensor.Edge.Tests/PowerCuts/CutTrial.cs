using System.Diagnostics;
using System.Globalization;
using Sensor.Contracts.Keys;
using Sensor.Edge.Configuration;
using Sensor.Edge.Outbox;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.PowerCuts;

/// <summary>The places and parts that the process under trial and its examiner share.</summary>
internal sealed class CutTrial(string root) : IDisposable
{
    private readonly SigningKey _station = SigningKey.LoadOrCreate(Path.Combine(root, "station.key.pem"));

    public const string Command = "power-cut";

    public SigningKey Key => _station;

    public SigningKey Operator { get; } = SigningKey.LoadOrCreate(Path.Combine(root, "anhui.key.pem"));

    public string Folder => Path.Combine(root, "data");

    public string Log => Path.Combine(root, "changes");

    public string Acknowledgements => Path.Combine(root, "acknowledged");

    public StationConfiguration Configuration(string folder) => Some.Configuration(folder, [("anhui", Operator)]);

    /// <summary>The same with the least room that a station may have.</summary>
    public StationConfiguration Narrow(string folder) => Configuration(folder) with { Outbox = new OutboxConfiguration { MaxBytes = OutboxConfiguration.LeastBytes } };

    /// <summary>Runs the work to its end in a process of its own, with the layer under it.</summary>
    public void Run(Synchronisation synchronisation, int runs, int records)
    {
        Directory.CreateDirectory(Folder);
        string[] arguments = [Command, root, synchronisation.ToString(), runs.ToString(CultureInfo.InvariantCulture), records.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardError = true };
        CutLayer.Put(start, Folder, Log, fault: null);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }

    public void Dispose()
    {
        _station.Dispose();
        Operator.Dispose();
    }
}
