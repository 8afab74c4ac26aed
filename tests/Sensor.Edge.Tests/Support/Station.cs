using System.Diagnostics;
using System.Text.Json;

namespace Sensor.Edge.Tests.Support;

/// <summary>The built waterwatch-edge as a process of its own; WATERWATCH_EDGE names another binary, such as a native one.</summary>
internal sealed class Station : IDisposable
{
    private static readonly string Binary = Environment.GetEnvironmentVariable("WATERWATCH_EDGE") ?? Path.Combine(AppContext.BaseDirectory, "waterwatch-edge");
    private readonly Process _process;

    private Station(Process process) => _process = process;

    public Process Process => _process;

    public static Station Start(params string[] arguments) => Start(_ => { }, arguments);

    /// <summary>Starts after a change of how, such as of its environment.</summary>
    public static Station Start(Action<ProcessStartInfo> change, params string[] arguments)
    {
        var start = new ProcessStartInfo(Binary, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        change(start);
        return new Station(Process.Start(start)!);
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<(int Exit, string Out, string Error)> RunAsync(params string[] arguments)
    {
        using var station = Start(arguments);
        var output = station._process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = station._process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await station.ExitAsync();
        return (station._process.ExitCode, await output, await error);
    }

    public Task ExitAsync() => Wait.Until(() => _process.HasExited, "the process ends", 60);

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM: the orderly way.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    /// <summary>Writes a configuration file with a replay.</summary>
    public static string Configure(TestFolder folder, string csv, string operatorPem, int port = 1, string operatorId = "anhui")
    {
        folder.Write("a.csv", csv);
        folder.Write("operator.pem", operatorPem);
        return folder.Write("station.json", JsonSerializer.Serialize(new
        {
            deployment = Some.Deployment,
            station = Some.Station,
            dataDirectory = "data",
            mqtt = new { host = "127.0.0.1", port },
            operators = new[] { new { id = operatorId, publicKeyFile = "operator.pem" } },
            instruments = new[] { new { id = "archive", driver = "replay", options = new { file = "a.csv" } } },
        }));
    }
}
