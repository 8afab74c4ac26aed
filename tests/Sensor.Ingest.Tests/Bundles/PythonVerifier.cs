using System.Diagnostics;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Bundles;

/// <summary>Runs tests/cases/bundles/verify_bundle.py, which was written from the documents alone.</summary>
internal static class PythonVerifier
{
    /// <summary>The lines that it printed, and its exit code.</summary>
    public static async Task<(int Code, string[] Lines)> RunAsync(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Repository.PathOf("tests/cases/bundles/verify_bundle.py"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new System.Text.UTF8Encoding(false),
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["PYTHONUTF8"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.False((await errors).Contains("Traceback", StringComparison.Ordinal), await errors);
        Assert.False((await errors).Contains("install the Debian packages", StringComparison.Ordinal), await errors);
        return (process.ExitCode, [.. (process.ExitCode == 0 ? output : output + await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
    }
}
