using System.Text.Json;
using WaterWatch.Testing;

namespace Sensor.Audit.Tests;

public sealed class RoundCommandTests
{
    private static readonly Dictionary<string, string> Decimals = new(StringComparer.Ordinal)
    {
        ["temp"] = "1",
        ["ph"] = "2",
        ["do"] = "2",
        ["ec"] = "1",
        ["turb"] = "1",
        ["codmn"] = "2",
        ["nh3n"] = "3",
        ["tp"] = "3",
        ["tn"] = "2",
    };

    [Fact]
    public void Round_EveryPublishedValue_PrintsItAsPublished()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("tests/cases/rounding/gbt8170_published.json")));
        foreach (var published in cases.RootElement.EnumerateArray())
        {
            string Member(string name) => published.GetProperty(name).GetString()!;

            Assert.Equal(new Ran(0, Member("shown") + "\n", ""), CommandLine.Run("round", Member("raw"), Decimals[Member("parameter")]));
        }
    }

    [Fact]
    public async Task Round_AsAProcess_PrintsOnlyTheValue() =>
        Assert.Equal(new Ran(0, "-0.05\n", ""), await CommandLine.RunProcess("round", "-0.05", "1"));

    [Fact]
    public void Round_AllowZero_LetsASmallValueBecomeZero() =>
        Assert.Equal("0.0\n", CommandLine.Run("round", "--allow-zero", "0.05", "1").Output);

    [Theory]
    [InlineData("VALUE 'a' is not a plain decimal number", "a", "1")]
    [InlineData("DIGITS 21 is not a number of decimals from 0 to 20", "1.5", "21")]
    [InlineData("DIGITS -1 is not", "1.5", "-1")]
    [InlineData("Cannot parse argument 'x'", "1.5", "x")]
    [InlineData("Required argument missing", "1.5")]
    [InlineData("Unrecognized command or argument 'y'", "1.5", "1", "y")]
    public void Round_OfAWrongCommandLine_ExitsWith2AndTheReason(string reason, params string[] args)
    {
        var ran = CommandLine.Run(["round", .. args]);

        Assert.Equal(2, ran.ExitCode);
        Assert.Empty(ran.Output);
        Assert.Contains(reason, ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("round", "GB/T 8170")]
    [InlineData("classify", "detectionLimit")]
    public void Help_OfEachCommand_ShowsItsDetailsAndTheExitCodes(string command, string detail)
    {
        var help = CommandLine.Run(command, "--help");

        Assert.Equal(0, help.ExitCode);
        Assert.Contains(detail, help.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0 done; 2", help.Output, StringComparison.Ordinal);
        Assert.Contains(command, CommandLine.Run("--help").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithoutACommand_ExitsWith2() => Assert.Equal(2, CommandLine.Run().ExitCode);
}
