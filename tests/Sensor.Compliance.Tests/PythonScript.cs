using System.ComponentModel;
using System.Diagnostics;

namespace Sensor.Compliance.Tests;

/// <summary>Runs Debian's Python as a process of its own.</summary>
internal static class PythonScript
{
    /// <summary>What a script wrote to its standard output.</summary>
    /// <param name="arguments">The script (or <c>-c</c> and its text) and its arguments.</param>
    /// <param name="input">What it reads from its standard input.</param>
    /// <param name="needs">The Debian packages it needs, for the message when it fails.</param>
    public static async Task<string> Run(string[] arguments, byte[] input, string needs)
    {
        using var process = Start(arguments, needs);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.BaseStream.WriteAsync(input, TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{await error}\nIs it installed? 'apt-get install {needs}'");
        return await output;
    }

    private static Process Start(string[] arguments, string needs)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("/usr/bin/python3", arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"/usr/bin/python3 is needed: install it with 'apt-get install {needs}'.", e);
        }
    }
}
