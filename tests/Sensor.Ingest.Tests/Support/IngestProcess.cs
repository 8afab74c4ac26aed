using System.Diagnostics;
using System.Globalization;

namespace Sensor.Ingest.Tests.Support;

/// <summary>The built waterwatch-ingest as a process of its own.</summary>
internal sealed class IngestProcess : IDisposable
{
    private IngestProcess(Process process) => Process = process;

    public Process Process { get; }

    /// <summary>What it said on standard error, once it has ended.</summary>
    public async Task<string> EndedAsync()
    {
        var log = await Process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return log;
    }

    /// <summary>Starts a command with a configuration that it writes into a folder.</summary>
    public static IngestProcess Start(string folder, string mqtt, string store = """{ "kind": "sqlite" }""", int http = 0, string command = "run", string name = "ingest")
    {
        var config = Path.Combine(folder, name + ".json");
        File.WriteAllText(config, $$"""{ "deployment": "test", "operator": "anhui", "dataDirectory": ".", "mqtt": {{mqtt}}, "store": {{store}}, "http": { "port": {{http}} } }""");
        var program = Path.Combine(AppContext.BaseDirectory, "waterwatch-ingest.dll");
        return new IngestProcess(Process.Start(new ProcessStartInfo("dotnet", [program, command, "--config", config]) { RedirectStandardOutput = true, RedirectStandardError = true })!);
    }

    /// <summary>Sends a signal by its name, such as TERM or STOP.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, Process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The orderly way.</summary>
    public async Task StopAsync()
    {
        await SignalAsync("TERM");
        var log = await EndedAsync();
        Assert.True(Process.ExitCode == 0, $"ended with {Process.ExitCode}: {log}");
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
            Process.WaitForExit();
        }

        Process.Dispose();
    }
}
