using System.ComponentModel;
using System.Diagnostics;
using Sensor.Compliance.Arithmetic;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Arithmetic;

/// <summary>Asks Python, as a process of its own, for the results of the same arithmetic.</summary>
internal static class PythonReference
{
    private const string Python = "/usr/bin/python3";

    /// <summary>The results of some tasks, each an operation and its arguments in one line; see tests/cases/arithmetic/reference.py.</summary>
    public static async Task<IReadOnlyList<ExactDecimal>> Of(IReadOnlyList<string> tasks)
    {
        using var process = Start();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(string.Join('\n', tasks));
        process.StandardInput.Close();
        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        Assert.Equal(tasks.Count, lines.Length);
        return [.. lines.Select(ParseLong)];
    }

    private static Process Start()
    {
        try
        {
            return Process.Start(new ProcessStartInfo(Python, [Repository.PathOf("tests/cases/arithmetic/reference.py")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                $"{Python} is needed to check the arithmetic against an independent one: install it with 'apt-get install python3'.", e);
        }
    }

    /// <summary>Parses without the limit of length that guards outside input.</summary>
    private static ExactDecimal ParseLong(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var mantissa = System.Numerics.BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
        return new ExactDecimal(mantissa, point < 0 ? 0 : text.Length - point - 1);
    }
}
