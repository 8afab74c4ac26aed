using System.Text.Json;
using WaterWatch.Testing;

namespace Sensor.Audit.Tests;

public sealed class QcCommandTests
{
    private const string Range = """{ "test": "gross_range", "parameter": "w01009", "parameters": { "fail_span": [0, 20], "suspect_span": [2.5, 15] } }""";
    private const string Spike = """{ "test": "spike", "parameter": "w01009", "parameters": { "suspect_threshold": "3", "fail_threshold": 6e0, "max_gap_s": 14400 } }""";
    private const string Stuck = """{ "test": "identical_vector", "of": ["w01009", "w01010"], "parameters": { "suspect_count": 2, "fail_count": 3 } }""";
    private const string Saturation = """{ "test": "oxygen_saturation", "parameters": { "suspect_percent": [0, 150] } }""";

    private static readonly string[] Day =
    [
        "河口,2020-05-08T08:00:00+08:00,w01009,9.1,mg/L,N",
        "河口,2020-05-08T12:00:00+08:00,w01009,16,mg/L,N",
        "河口,2020-05-08T16:00:00+08:00,w01009,9.0,mg/L,N",
        "河口,2020-05-08T20:00:00+08:00,w01009,,mg/L,N",
        "河口,2020-05-09T00:00:00+08:00,w01009,9.2,mg/L,M",
        "河口,2020-05-08T08:00:00+08:00,w01010,20,Cel,N",
        "河口,2020-05-08T12:00:00+08:00,w01010,20,Cel,N",
        "河口,2020-05-08T16:00:00+08:00,w01010,20.5,Cel,N",
    ];

    [Fact]
    public void Qc_Series_GivesALineForEachObservationWithEveryTestsFlag()
    {
        var lines = Run(Config(Range, Spike, Saturation), Day).Lines;

        Assert.Equal(8, lines.Length);
        Assert.Equal(
            [("w01009", 2, "1 2 1"), ("w01010", 2, ""), ("w01009", 4, "3 4 3"), ("w01010", 2, ""), ("w01009", 2, "1 2 1"), ("w01010", 2, ""), ("w01009", 9, "9 9 9"), ("w01009", 9, "9 9 9")],
            lines.Select(Summary));
        Assert.StartsWith("""{"section":"河口","time":"2020-05-08T12:00:00+08:00","parameter":"w01009","value":"16","flag":4,"tests":[{"name":"gross_range","test":"gross_range","flag":3,"en":"16 is outside [2.5, 15]","zh":"16 超出 [2.5, 15]"}""", lines[2], StringComparison.Ordinal);
        Assert.Contains("\"value\":null,\"stationFlag\":\"M\",\"flag\":9", lines[7], StringComparison.Ordinal);
    }

    [Fact]
    public void Qc_ShuffledLines_GivesTheSameBytes()
    {
        var config = Config(Range, Spike, Saturation, Stuck);
        var shuffled = Day.ToArray();
        new Random(7).Shuffle(shuffled);

        Assert.Equal(Run(config, Day).Output, Run(config, [.. shuffled, Day[1]]).Output);
    }

    [Fact]
    public void Qc_StuckLogger_FlagsEveryParameterOfTheVector()
    {
        string[] stuck = [.. Enumerable.Range(0, 3).SelectMany(h => new[] { $"A,2020-05-08T0{h}:00:00Z,w01009,9,mg/L,N", $"A,2020-05-08T0{h}:00:00Z,w01010,20,Cel,N" })];

        Assert.Equal([1, 1, 3, 3, 4, 4], Run(Config(Stuck), stuck).Lines.Select(l => Summary(l).Flag));
    }

    [Fact]
    public void Qc_Neighbour_ComparesWithWhatItSawALagBefore()
    {
        const string Neighbour = """{ "test": "neighbour", "parameter": "w01019", "sections": ["B"], "neighbour": "A", "lag_s": 7200, "within_s": 600, "parameters": { "suspect_threshold": 0.5 } }""";
        var ran = Run(
            Config(Neighbour),
            "A,2020-05-08T00:05:00Z,w01019,2,mg/L,N", "A,2020-05-08T02:00:00Z,w01019,4,mg/L,N",
            "B,2020-05-08T02:00:00Z,w01019,2.5,mg/L,N", "B,2020-05-08T04:00:00Z,w01019,2.5,mg/L,N", "B,2020-05-08T06:00:00Z,w01019,2.5,mg/L,N");

        Assert.Equal([2, 2, 1, 3, 2], ran.Lines.Select(l => Summary(l).Flag));
    }

    [Fact]
    public void Qc_AmmoniaAboveTotalNitrogen_IsComparedAtTheSameTimeAndSource()
    {
        const string Ammonia = """{ "test": "ammonia_within_total_nitrogen", "parameters": { "tolerance": "0.05" } }""";
        var judged = Run(
            Config(Ammonia),
            "A,2020-05-08T00:00:00Z,w21003,1.00,mg/L,N", "A,2020-05-08T00:00:00Z,w21001,1.0,mg/L,N",
            "A,2020-05-08T04:00:00Z,w21003,1.05,mg/L,N", "A,2020-05-08T04:00:00Z,w21001,1,mg/L,N",
            "A,2020-05-08T08:00:00Z,w21003,1.051,mg/L,N", "A,2020-05-08T08:00:00Z,w21001,1,mg/L,N",
            "A,2020-05-08T12:00:00Z,w21003,9,mg/L,N", "A,2020-05-08T12:00:00Z,w21001,1,mg/L,M");

        Assert.Equal([1, 3, 4, 2], judged.Lines.Select(Summary).Where(l => l.Parameter == "w21003").Select(l => l.Flag));
    }

    [Fact]
    public void Qc_ConfigurationWithSeveralMistakes_NamesAllOfThem()
    {
        using var config = new QcFile(
            """
            { "schema": "waterwatch/quality/2", "tests": [
              { "test": "gross_range", "parameter": "w99999", "parameters": { "fail_span": [5, 1], "suspect_spam": [1, 2] } },
              { "test": "spik", "parameters": {} },
              { "test": "syntax", "parameters": { "nchar": 3 } },
              { "test": "neighbour", "parameter": "w01019", "neighbour": "A", "parameters": { "suspect_threshold": -1 } },
              { "test": "flat_line", "parameter": "w01019", "parameters": { "suspect_threshold_s": 20, "fail_threshold_s": 10, "tolerance": 0 } } ] }
            """);
        using var csv = new ObservationCsvFile(ObservationCsvFile.Header, Day);

        var ran = CommandLine.Run("qc", "--config", config.Path, csv.Path);

        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        foreach (var place in new[]
        {
            "schema", "tests[0].parameter:", "tests[0].parameters.fail_span", "tests[0].parameters.suspect_spam", "tests[1].test", "tests[2].test",
            "tests[3].sections", "tests[3].parameters.suspect_threshold", "tests[4].parameters.tolerance", "tests[4].parameters.fail_threshold_s",
        })
        {
            Assert.Contains($"\n  {place}", ran.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("line 10: unit 'ug/L' of w01009 is not mg/L", "河口,2020-05-10T00:00:00+08:00,w01009,9,ug/L,N")]
    [InlineData("line 10: w01009 of this section and time stands with other content on line 2", "河口,2020-05-08T00:00:00Z,w01009,9.2,mg/L,N")]
    [InlineData("line 10: value '<1' is not", "河口,2020-05-10T00:00:00+08:00,w01009,<1,mg/L,N")]
    public void Qc_AWrongLine_ExitsWith2TheLineAndTheReasonAndNoData(string reason, string line)
    {
        var ran = Run(Config(Range), [.. Day, line]);

        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(reason, ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "test": "spike", "inputs": { "values": [1, 2, 3] }, "parameters": { "suspect_threshold": 1, "treshold": 2 } }""", "parameters.treshold: is not a known member")]
    [InlineData("""{ "test": "spikes", "inputs": { "values": [1] }, "parameters": {} }""", "test: one of time_gap, syntax")]
    [InlineData("""{ "test": "spike", "inputs": { "values": [1] }, "parameters": {} }""", "parameters.suspect_threshold: is missing")]
    [InlineData("""{ "test": "spike", "inputs": { "values": [1], "depths": [1] }, "parameters": { "suspect_threshold": 1 } }""", "inputs.depths: is of no use to the test spike")]
    [InlineData("""{ "test": "flat_line", "inputs": { "values": [1] }, "parameters": { "suspect_threshold_s": 1, "fail_threshold_s": 2, "tolerance": 1 } }""", "inputs.times: is missing")]
    [InlineData("""{ "test": "spike", "inputs": { "values": [1, 1, 1], "times_s": [1] }, "parameters": { "suspect_threshold": 1 } }""", "inputs: has lists of different lengths")]
    [InlineData("""{ "test": "spike", "inputs": { "values": [1, "x", 1e999] }, "parameters": { "suspect_threshold": 1 } }""", "inputs.values[2]")]
    [InlineData("""{ "test": "spike", "inputs": { "values": [1] }, "parameters": { "suspect_threshold": 1, "method": "other" } }""", "parameters.method: one of average, differential")]
    [InlineData("""{ "test": "attenuated_signal", "inputs": { "values": [1], "times_s": [0] }, "parameters": { "suspect_threshold": 1, "fail_threshold": 2, "min_obs": 2 } }""", "parameters.min_obs: is given without test_period_s")]
    [InlineData("""{ "test": "climatology", "inputs": { "values": [1], "times_s": [0] }, "parameters": { "members": [{ "tspan": ["2020-02-01", "2020-01-01"], "vspan": [1] }] } }""", "parameters.members[0].tspan: is not a pair")]
    [InlineData("""{ "test": "identical_vector", "inputs": { "vectors": {}, "times_s": [0] }, "parameters": {} }""", "inputs.vectors: names no parameter")]
    [InlineData("""{ "test": "\ud800" }""", "half a character")]
    [InlineData("""[1, 2""", "is not JSON")]
    [InlineData("""[1, 2]""", "an object was expected")]
    public void Qc_AWrongCase_ExitsWith2AndTheReason(string text, string reason)
    {
        using var file = new QcFile(text);

        var ran = CommandLine.Run("qc", file.Path);

        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(reason, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Qc_NumbersWithExponents_AreTheirExactAmounts()
    {
        using var file = new QcFile("""{ "test": "gross_range", "inputs": { "values": [1.5e-3, 15E2, -1e+0, 2.50e1] }, "parameters": { "fail_span": [0.0015, 1500], "suspect_span": [2e-3, 25] } }""");

        Assert.Equal("{\"flags\":[3,3,4,1]}\n", CommandLine.Run("qc", file.Path).Output);
    }

    [Theory]
    [InlineData("logan-river")]
    [InlineData("sandy-creek")]
    public void Qc_ConfigurationOfTheTables_IsRead(string name)
    {
        using var csv = new ObservationCsvFile(ObservationCsvFile.Header, "A,2020-05-08T00:00:00Z,w01014,350,uS/cm,N", "A,2020-05-08T01:00:00Z,w01014,0.5,uS/cm,N");

        var ran = CommandLine.Run("qc", "--config", Repository.PathOf($"tests/cases/quality/{name}.json"), csv.Path);

        Assert.Equal((0, 2), (ran.ExitCode, ran.Lines.Length));
        Assert.Contains("\"test\":\"conductivity_jump\",\"flag\":3,\"en\":\"350 to 0.5 is a factor of 10 or more\"", ran.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Qc_EveryJsonOfTheDocumentation_IsAccepted()
    {
        var blocks = File.ReadAllText(Repository.PathOf("docs/quality.md")).ReplaceLineEndings("\n").Split("\n\n").Where(b => b.StartsWith("    {", StringComparison.Ordinal)).ToList();
        using var configuration = new QcFile(blocks.Single(b => b.Contains("\"schema\"", StringComparison.Ordinal)));
        using var given = new QcFile(blocks.Single(b => b.Contains("\"inputs\"", StringComparison.Ordinal)));
        using var csv = new ObservationCsvFile(ObservationCsvFile.Header, Day);

        var series = CommandLine.Run("qc", "--config", configuration.Path, csv.Path);
        Assert.Equal((0, ""), (series.ExitCode, series.Error));
        Assert.Equal("{\"flags\":[2,2,9]}\n", CommandLine.Run("qc", given.Path).Output);
    }

    [Fact]
    public void Qc_Help_NamesTheFlagsAndTheExitCodes()
    {
        var ran = CommandLine.Run("qc", "--help");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("1 pass, 2 not evaluated, 3 suspect, 4 fail, 9 missing", ran.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0 done; 2", ran.Output, StringComparison.Ordinal);
    }

    private static string Config(params string[] tests) => $$"""{ "schema": "waterwatch/quality/1", "note": "a test", "tests": [{{string.Join(',', tests)}}] }""";

    private static Ran Run(string configuration, params string[] lines)
    {
        using var config = new QcFile(configuration);
        using var csv = new ObservationCsvFile(ObservationCsvFile.Header, lines);
        return CommandLine.Run("qc", "--config", config.Path, csv.Path);
    }

    private static (string Parameter, int Flag, string Tests) Summary(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return (root.GetProperty("parameter").GetString()!, root.GetProperty("flag").GetInt32(), string.Join(' ', root.GetProperty("tests").EnumerateArray().Select(t => t.GetProperty("flag").GetInt32())));
    }
}
