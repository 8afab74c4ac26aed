using System.Text.Json;
using WaterWatch.Testing;

namespace Sensor.Audit.Tests;

public sealed class DiffCommandTests
{
    private const string Cases = "tests/cases/differences/";

    [Fact]
    public void Diff_SameFile_SaysSoAndEndsWithZero()
    {
        var ran = Diff("late-readings", "before", "before");

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        var line = JsonElement.Parse(Assert.Single(ran.Lines));
        Assert.Equal((true, JsonValueKind.Null, 0), (line.GetProperty("same").GetBoolean(), line.GetProperty("effect").ValueKind, line.GetProperty("changes").GetArrayLength()));
    }

    [Fact]
    public async Task Diff_AsAProcess_WritesTheSameLineAndEndsWithOne()
    {
        string[] args = ["diff", Path("payer-flips", "before"), Path("payer-flips", "after")];

        var process = await CommandLine.RunProcess(args);

        Assert.Equal((1, "", CommandLine.Run(args).Output), (process.ExitCode, process.Error, process.Output));
        var effect = JsonElement.Parse(Assert.Single(process.Lines)).GetProperty("effect");
        Assert.Equal("""{"currency":"CNY","party":"down","value":"300"}""", effect.GetRawText());
    }

    [Theory]
    [InlineData("en", "  CODMn mean 1.800 -> 15.900 because 1 reading arrived.", "Total effect: down +300 CNY, up -300 CNY.")]
    [InlineData("zh", "  CODMn均值由1.800变为15.900，因新到1条读数。", "合计影响：down +300 CNY，up -300 CNY。")]
    public void Diff_Words_GivesSentencesAndTheTotalLast(string language, string sentence, string total)
    {
        var ran = Diff("payer-flips", "before", "after", "--words", language);

        Assert.Contains(sentence, ran.Lines);
        Assert.Equal(total, ran.Lines[^1]);
    }

    [Fact]
    public void Diff_OutcomeOfOneFileAlone_GetsALine()
    {
        using var empty = new TemporaryFile("[]");

        var ran = CommandLine.Run("diff", Path("late-readings", "before"), empty.Path);

        Assert.Equal(1, ran.ExitCode);
        var line = JsonElement.Parse(Assert.Single(ran.Lines));
        Assert.Equal("only-in-first", line.GetProperty("changes")[0].GetProperty("code").GetString());
        Assert.False(line.GetProperty("same").GetBoolean());
        Assert.Equal((0, ""), (CommandLine.Run("diff", empty.Path, empty.Path).ExitCode, CommandLine.Run("diff", empty.Path, empty.Path).Output));
    }

    [Fact]
    public void Diff_Section_ComparesThatAlone()
    {
        Assert.Equal(3, Diff("class-and-sections", "before", "after").Lines.Length);
        Assert.Contains("平", Assert.Single(Diff("class-and-sections", "before", "after", "--section", "平", "--window", "2020-08").Lines), StringComparison.Ordinal);
        var ran = Diff("class-and-sections", "before", "after", "--section", "坪");
        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains("section '坪'", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_IllustrativeOutcomes_AddsThemUpApart()
    {
        var (before, after) = (Read("payer-flips", "before"), Read("payer-flips", "after"));
        using var first = new TemporaryFile(before.Replace("\"illustrative\":false", "\"illustrative\":true", StringComparison.Ordinal));
        using var second = new TemporaryFile(after.Replace("\"illustrative\":false", "\"illustrative\":true", StringComparison.Ordinal));

        var lines = CommandLine.Run("diff", first.Path, second.Path, "--words", "en").Lines;

        Assert.Equal(["Total effect: none.", "Total effect of illustrative outcomes, which moves no money: down +300 CNY, up -300 CNY."], lines[^2..]);
    }

    [Theory]
    [InlineData("{", "is not JSON")]
    [InlineData("[{\"schema\":\"waterwatch/outcome/2\"}]", "[0].schema")]
    [InlineData("[1.5]", "whole number")]
    public void Diff_WrongFile_SaysWhatAndEndsWithTwo(string json, string message)
    {
        using var wrong = new TemporaryFile(json);

        var ran = CommandLine.Run("diff", wrong.Path, Path("late-readings", "after"));

        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(wrong.Path, ran.Error, StringComparison.Ordinal);
        Assert.Contains(message, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_OutcomeGivenTwice_SaysWhichAndEndsWithTwo()
    {
        var outcome = Read("late-readings", "before").Trim()[1..^1];
        using var twice = new TemporaryFile($"[{outcome},{outcome}]");

        var ran = CommandLine.Run("diff", twice.Path, twice.Path);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("2 outcomes are of case, 河口, 2020-08", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_OfDiff_NamesTheExitCodes() => Assert.Contains("1: something differs", CommandLine.Run("diff", "--help").Output, StringComparison.Ordinal);

    private static string Read(string name, string which) => File.ReadAllText(Path(name, which));

    private static Ran Diff(string name, string first, string second, params string[] options) => CommandLine.Run(["diff", Path(name, first), Path(name, second), .. options]);

    private static string Path(string name, string which) => Repository.PathOf($"{Cases}{name}/{which}.json");
}
