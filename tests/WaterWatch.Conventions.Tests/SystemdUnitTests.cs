using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace WaterWatch.Conventions.Tests;

/// <summary>
/// The units as systemd itself reads them. It complains about a program that is not installed, so the copies that are verified
/// start a program that every system has; the path in the real unit is compared here instead.
/// </summary>
public sealed partial class SystemdUnitTests
{
    [Theory]
    [InlineData("waterwatch-edge")]
    [InlineData("waterwatch-ingest")]
    public async Task Unit_ReadBySystemd_IsAcceptedWithoutAWord(string unit)
    {
        var (code, output) = await Analyze(unit, "verify", "--man=no", "--recursive-errors=no");
        Assert.Equal("", output);
        Assert.Equal(0, code);
    }

    /// <summary>The threshold is ten times the exposure that <c>systemd-analyze security</c> prints; smaller is better.</summary>
    [Theory]
    [InlineData("waterwatch-edge", 20)]
    [InlineData("waterwatch-ingest", 15)]
    public async Task Unit_JudgedBySystemd_IsHardened(string unit, int threshold)
    {
        var (code, output) = await Analyze(unit, "security", "--offline=true", "--no-pager", $"--threshold={threshold}");
        Assert.True(code == 0, output);
    }

    [Theory]
    [InlineData("waterwatch-edge", "src/Sensor.Edge")]
    [InlineData("waterwatch-ingest", "src/Sensor.Ingest")]
    public void Unit_OfAService_StartsTheInstalledProgram(string unit, string source)
    {
        var project = SourceTree.Project(SourceTree.Files(source, ".csproj").Single());
        Assert.Equal("/usr/lib/waterwatch/" + project.Descendants("AssemblyName").Single().Value, ExecStart().Match(Text(unit)).Groups[1].Value);
    }

    [Theory]
    [InlineData("waterwatch-edge", "src/Sensor.Edge")]
    [InlineData("waterwatch-ingest", "src/Sensor.Ingest")]
    public void Watchdog_OfAUnit_IsFedByTheService(string unit, string source)
    {
        var fed = SourceTree.Files(source, ".cs").Any(f => SourceTree.Tokens(f).Any(t => t.ValueText.Contains("WATCHDOG=1", StringComparison.Ordinal)));
        Assert.True(
            fed == Text(unit).Contains("\nWatchdogSec=", StringComparison.Ordinal),
            $"{unit}: WatchdogSec= and sending WATCHDOG=1 in {source} belong together; without the second, systemd kills a healthy service");
    }

    private static string Text(string unit) => SourceTree.Text($"deploy/systemd/{unit}.service");

    private static async Task<(int Code, string Output)> Analyze(string unit, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("waterwatch-units-");
        try
        {
            var copy = Path.Combine(folder.FullName, $"{unit}.service");
            await File.WriteAllTextAsync(copy, ExecStart().Replace(Text(unit), "ExecStart=/bin/true"), TestContext.Current.CancellationToken);
            return await Run([.. arguments, copy]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> Run(string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("systemd-analyze", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        catch (Win32Exception)
        {
            Assert.Fail("systemd-analyze is missing: install systemd (apt-get install systemd), or run tests/run.sh, which does");
            throw;
        }
    }

    [GeneratedRegex(@"(?<=\n)ExecStart=(\S+)")]
    private static partial Regex ExecStart();
}
