using System.Diagnostics;

namespace Sensor.Audit.Tests;

/// <summary>What a command line left behind.</summary>
internal sealed record Ran(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs <c>waterwatch</c>.</summary>
internal static class CommandLine
{
    /// <summary>In this process, through the same entry.</summary>
    public static Ran Run(params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        var code = Program.Run(args, output, error);
        return new Ran(code, output.ToString(), error.ToString());
    }

    /// <summary>As a process of its own; its bytes are read as UTF-8 and a byte order mark would show.</summary>
    public static Task<Ran> RunProcess(params string[] args) => RunProcessIn([], args);

    /// <summary>As a process of its own in an environment in which some variables have other values.</summary>
    public static async Task<Ran> RunProcessIn(IEnumerable<(string Name, string Value)> environment, params string[] args)
    {
        var program = typeof(Program).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new System.Text.UTF8Encoding(false),
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Ran(process.ExitCode, await output, await error);
    }
}
