using System.Text.Json;
using WaterWatch.Testing;

namespace Sensor.Audit.Tests;

public sealed class AssessCommandTests
{
    private const string Cases = "tests/cases/assessments/";

    [Fact]
    public async Task Assess_RecordedYearAsAProcess_WritesTheSameBytesAsInThisProcess()
    {
        string[] args = ["assess", "--agreement", Path("agreements/xinanjiang-round-3-from-may.json"), "--observations", Path("demo/data/jiekou.csv")];

        var process = await CommandLine.RunProcess(args);
        var here = CommandLine.Run(args);

        Assert.Equal((0, ""), (process.ExitCode, process.Error));
        Assert.Equal(here.Output, process.Output);
        using var outcomes = JsonDocument.Parse(process.Output);
        var outcome = Assert.Single(outcomes.RootElement.EnumerateArray());
        Assert.Equal("pass", outcome.GetProperty("result").GetString());
        Assert.True(outcome.GetProperty("illustrative").GetBoolean());
        Assert.Equal(148, outcome.GetProperty("trace").GetProperty("readings").GetProperty("count").GetInt32());
    }

    [Fact]
    public void Assess_Determinations_AreApplied()
    {
        var ran = Assess("exempt-frozen", "--determinations", Path(Cases + "exempt-frozen/determinations.json"));

        Assert.Equal(["exempt", "exempt"], Members(ran, "result"));
    }

    [Fact]
    public void Assess_AsOf_TellsStateAndLeavesOutLaterSamples()
    {
        Assert.Equal(["open"], Members(Assess("synthetic-round-1", "--as-of", "2020-08-20T00:00:00+08:00"), "state"));
        Assert.Equal(["final"], Members(Assess("synthetic-round-1", "--as-of", "2021-01-01T00:00:00Z"), "state"));
        var before = Assess("synthetic-round-1", "--as-of", "2020-08-01T00:00:00+08:00");
        Assert.Equal(("[]\n", 0), (before.Output, before.ExitCode));
        Assert.StartsWith("No outcome", before.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Assess_TwoVersionsInAnyOrder_AssessesEachWindowByItsVersion()
    {
        string first = Path(Cases + "amended-split/agreement-1.json"), second = Path(Cases + "amended-split/agreement-2.json");
        var observations = Path(Cases + "amended-split/observations.csv");

        var ran = CommandLine.Run("assess", "--agreement", second, "--agreement", first, "--observations", observations);

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        using var outcomes = JsonDocument.Parse(ran.Output);
        Assert.Equal([1, 2, 2], outcomes.RootElement.EnumerateArray().Select(o => o.GetProperty("agreement").GetProperty("version").GetInt32()));
        Assert.Equal(ran.Output, CommandLine.Run("assess", "--agreement", first, "--agreement", second, "--observations", observations).Output);
    }

    [Fact]
    public void Assess_VersionWhoseFirstIsMissing_SaysWhichAndEndsWithTwo()
    {
        var ran = CommandLine.Run("assess", "--agreement", Path(Cases + "amended-split/agreement-2.json"), "--observations", Path(Cases + "amended-split/observations.csv"));

        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains("version 2: amends.version: amends version 1, which is not given. Add the document of version 1.", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Assess_MistakesInSeveralVersions_ReportsAllOfThem()
    {
        using var one = new TemporaryFile(File.ReadAllText(Path(Cases + "amended-split/agreement-1.json")).Replace("\"upstream\"", "\"upriver\"", StringComparison.Ordinal));
        using var two = new TemporaryFile(File.ReadAllText(Path(Cases + "amended-split/agreement-2.json")).Replace("\"split\"", "\"stop\"", StringComparison.Ordinal));

        var ran = CommandLine.Run("assess", "--agreement", one.Path, "--agreement", two.Path, "--observations", Path(Cases + "amended-split/observations.csv"));

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("parties[0].role", ran.Error, StringComparison.Ordinal);
        Assert.Contains("amends.running", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Assess_AgreementWithSeveralMistakes_ReportsAllOfThem()
    {
        using var agreement = new TemporaryFile(File.ReadAllText(Path(Cases + "synthetic-round-1/agreement.json"))
            .Replace("\"upstream\"", "\"upriver\"", StringComparison.Ordinal)
            .Replace("\"+08:00\"", "\"Beijing\"", StringComparison.Ordinal)
            .Replace("\"version\": 1", "\"version\": 0", StringComparison.Ordinal)
            .Replace("\"weight\"", "\"wheight\"", StringComparison.Ordinal));

        var ran = CommandLine.Run("assess", "--agreement", agreement.Path, "--observations", Path(Cases + "synthetic-round-1/observations.csv"));

        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        foreach (var place in new[] { "parties[0].role", "offset", "version", "rule.terms[0].weight:", "rule.terms[3].wheight:" })
        {
            Assert.Contains($"\n  {place}", ran.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("2020-08-10 08:00", "1.8", "line 2: time")]
    [InlineData("2020-08-10T08:00:00+08:00", "1,8", "line 2: 7 fields")]
    [InlineData("2020-08-10T08:00:00+08:00", "<0.02", "line 2: value")]
    public void Assess_WrongLine_NamesItAndEndsWithTwo(string time, string value, string message)
    {
        using var csv = new ObservationCsvFile(ObservationCsvFile.Header, $"河口,{time},w01019,{value},mg/L,N");

        var ran = CommandLine.Run("assess", "--agreement", Path(Cases + "synthetic-round-1/agreement.json"), "--observations", csv.Path);

        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(message, ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--as-of", "yesterday", "--as-of 'yesterday'")]
    [InlineData("--determinations", "nowhere.json", "nowhere.json")]
    public void Assess_WrongOption_SaysWhatAndEndsWithTwo(string option, string value, string message)
    {
        var ran = Assess("synthetic-round-1", option, value);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(message, ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mg/l", 1)]
    [InlineData("ug/L", 0)]
    public void Assess_OtherSpellingOfTheUnit_CountsAndAnotherUnitDoesNot(string unit, int used)
    {
        using var csv = new ObservationCsvFile(ObservationCsvFile.Header, $"河口,2020-08-10T08:00:00+08:00,w01019,1.8,{unit},N");

        var ran = CommandLine.Run("assess", "--agreement", Path(Cases + "synthetic-round-1/agreement.json"), "--observations", csv.Path);

        using var outcomes = JsonDocument.Parse(ran.Output);
        Assert.Equal(used, outcomes.RootElement[0].GetProperty("trace").GetProperty("readings").GetProperty("count").GetInt32());
    }

    private static Ran Assess(string name, params string[] more) => CommandLine.Run(
        ["assess", "--agreement", Path($"{Cases}{name}/agreement.json"), "--observations", Path($"{Cases}{name}/observations.csv"), .. more]);

    private static List<string?> Members(Ran ran, string member)
    {
        using var outcomes = JsonDocument.Parse(ran.Output);
        return [.. outcomes.RootElement.EnumerateArray().Select(o => o.GetProperty(member).GetString())];
    }

    private static string Path(string relative) => Repository.PathOf(relative);
}
