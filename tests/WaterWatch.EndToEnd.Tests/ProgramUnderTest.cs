using System.Diagnostics;
using System.Text;
using WaterWatch.Testing;

namespace WaterWatch.EndToEnd.Tests;

/// <summary>One real process: a service or a command, with everything it printed kept for the failure message.</summary>
internal sealed class ProgramUnderTest : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private ProgramUnderTest(string file, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Keep(_output, e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(_errors, e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => Text(_output);

    public string Everything => Text(_output) + Text(_errors);

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program of this solution, built in the same configuration as the tests.</summary>
    public static ProgramUnderTest Start(string project, string assembly, params IEnumerable<string> arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return new ProgramUnderTest(Repository.PathOf($"{project}/bin/{configuration}/net10.0/{assembly}"), arguments);
    }

    public static ProgramUnderTest StartSystem(string file, params IEnumerable<string> arguments) => File.Exists(file)
        ? new ProgramUnderTest(file, arguments)
        : throw new FileNotFoundException($"{file} is not installed; tests/run.sh installs what the tests need.");

    /// <summary>Runs a program to its end and gives what it printed.</summary>
    public static string Run(string project, string assembly, params IEnumerable<string> arguments)
    {
        using var program = Start(project, assembly, arguments);
        Assert.Equal(0, program.WaitForExit(TimeSpan.FromSeconds(60)));
        return program.Output;
    }

    /// <summary>What a power cut does to a process: no signal handler, no finally, no flush.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public int WaitForExit(TimeSpan atMost)
    {
        Assert.True(_process.WaitForExit(atMost), $"did not end within {atMost}:\n{Everything}");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private static void Keep(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
