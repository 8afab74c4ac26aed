using System.Text.Json;
using Sensor.Compliance.Standards;
using WaterWatch.Testing;

namespace Sensor.Audit.Tests;

public sealed class ClassifyCommandTests
{
    private static readonly Dictionary<string, (string Code, string Unit)> Parameters = new(StringComparer.Ordinal)
    {
        ["ph"] = ("w01001", "[pH]"),
        ["do"] = ("w01009", "mg/L"),
        ["codmn"] = ("w01019", "mg/L"),
        ["nh3n"] = ("w21003", "mg/L"),
        ["tp"] = ("w21011", "mg/L"),
    };

    private static readonly string[] Complete =
    [
        "街口,2020-05-08T08:00:00+08:00,w01001,7.9,[pH],N",
        "街口,2020-05-08T08:00:00+08:00,w01009,9.1,mg/L,N",
        "街口,2020-05-08T08:00:00+08:00,w01019,4.5,mg/L,N",
        "街口,2020-05-08T08:00:00+08:00,w21003,0.7,mg/L,N",
        "街口,2020-05-08T08:00:00+08:00,w21011,0.02,mg/L,N",
    ];

    [Theory]
    [InlineData("river", "raw", "class_from_raw")]
    [InlineData("lake", "raw", "class_from_raw")]
    [InlineData("river", "shown", "class_from_shown")]
    [InlineData("lake", "shown", "class_from_shown")]
    public async Task Classify_EveryPublishedBoundaryCaseAsAProcess_GivesItsClass(string waterBody, string values, string expected)
    {
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(Repository.PathOf("tests/cases/classification/class_boundary.json"), TestContext.Current.CancellationToken));
        var cases = document.RootElement.EnumerateArray().Where(c => c.GetProperty("table").GetString() == waterBody).ToList();
        using var file = new ObservationCsvFile(ObservationCsvFile.Header, cases.SelectMany((c, i) => c.GetProperty(values).EnumerateObject()
            .Select(v => $"case {i},{c.GetProperty("date").GetString()}T08:00+08:00,{Parameters[v.Name].Code},{v.Value.GetString()},{Parameters[v.Name].Unit},N")));

        var ran = await CommandLine.RunProcess("classify", "--standard", "gb3838", "--water-body", waterBody, "--rounding", "none", file.Path);

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        Assert.Equal(cases.Select(c => c.GetProperty(expected).GetString()), ran.Lines.Select(ClassZh));
    }

    [Fact]
    public async Task Classify_OneRecord_WritesReadableJsonWithoutByteOrderMark()
    {
        using var file = new ObservationCsvFile(ObservationCsvFile.Header, Complete);

        var ran = await CommandLine.RunProcess("classify", "--standard", "gb3838", "--water-body", "river", file.Path);

        Assert.Equal(
            """{"section":"街口","time":"2020-05-08T08:00:00+08:00","class":"III","decidedBy":["w01019","w21003"],"missing":[]}""" + "\n",
            ran.Output);
    }

    [Fact]
    public void Classify_InterleavedSectionsAndTimes_KeepsTheOrderOfFirstAppearanceAndTheWrittenTime()
    {
        using var file = new ObservationCsvFile(
            ObservationCsvFile.Header,
            "B,2020-05-08T08:00+08:00,w01019,1,mg/L,N",
            "A,2020-05-08T08:00+08:00,w01019,5,mg/L,",
            "B,2020-05-07T08:00+08:00,w01019,20,mg/l,N",
            "B,2020-05-08T00:00:00Z,w21003,1.2,mg/L,N");

        var ran = Classify(file, "--required", "codmn");

        Assert.Equal(
            [
                """{"section":"B","time":"2020-05-08T08:00+08:00","class":"IV","decidedBy":["w21003"],"missing":[]}""",
                """{"section":"A","time":"2020-05-08T08:00+08:00","class":"III","decidedBy":["w01019"],"missing":[]}""",
                """{"section":"B","time":"2020-05-07T08:00+08:00","class":"worse-than-V","decidedBy":["w01019"],"missing":[]}""",
            ],
            ran.Lines);
    }

    [Fact]
    public void Classify_WithoutARequiredValue_GivesNullAndNamesWhatIsMissing()
    {
        using var file = new ObservationCsvFile(
            ObservationCsvFile.Header, Complete.Take(3).Append("街口,2020-05-08T08:00:00+08:00,w21003,,mg/L,N").Append("街口,2020-05-08T08:00:00+08:00,w21011,0.02,mg/L,M"));

        Assert.Equal("""{"section":"街口","time":"2020-05-08T08:00:00+08:00","class":null,"decidedBy":[],"missing":["w21003","w21011"]}""", Assert.Single(Classify(file).Lines));
        Assert.Contains("\"class\":\"III\"", Classify(file, "--required", "pH,DO,w01019").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Classify_WithAssessmentRounding_RoundsFirst()
    {
        using var file = new ObservationCsvFile(ObservationCsvFile.Header, "A,2020-05-08T08:00+08:00,w01019,4.00362,mg/L,N");

        Assert.Contains("\"class\":\"III\"", Classify(file, "--required", "CODMn").Output, StringComparison.Ordinal);
        Assert.Contains("\"class\":\"II\"", Classify(file, "--required", "CODMn", "--rounding", "assessment").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Classify_BelowDetection_CountsAsHalfUnlessTheDetectionLimitLiesAboveAClassLimit()
    {
        using var file = new ObservationCsvFile(
            ObservationCsvFile.Header + ",detectionLimit",
            "A,2020-05-08T08:00+08:00,w21011,,mg/L,L,0.02",
            "B,2020-05-08T08:00+08:00,w21011,,mg/L,L,0.03");

        var ran = Classify(file, "--required", "TP");

        Assert.Contains("\"class\":\"I\"", ran.Lines[0], StringComparison.Ordinal);
        Assert.Contains("\"class\":null", ran.Lines[1], StringComparison.Ordinal);
        Assert.Contains("line 3: w21011 counts as missing: it is below a detection limit, 0.03, that lies above a class limit", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Classify_ARepeatedLine_CountsOnce()
    {
        using var file = new ObservationCsvFile(ObservationCsvFile.Header, Complete.Append(Complete[2].Replace("4.5", "4.50", StringComparison.Ordinal)));

        Assert.Contains("\"class\":\"III\"", Classify(file).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("line 7: w01019 of this section and time stands with other content on line 4", "街口,2020-05-08T08:00:00+08:00,w01019,4.6,mg/L,N")]
    [InlineData("line 7: unit 'ug/L' of w21011 is not mg/L", "A,2020-05-08T08:00+08:00,w21011,20,ug/L,N")]
    [InlineData("line 7: time '2020-05-08' is not", "A,2020-05-08,w21011,20,mg/L,N")]
    [InlineData("line 7: value '<0.02' is not", "A,2020-05-08T08:00+08:00,w21011,<0.02,mg/L,N")]
    [InlineData("line 7: 5 fields where the header has 6", "A,2020-05-08T08:00+08:00,w21011,0.02,mg/L")]
    public void Classify_AWrongLine_ExitsWith2TheLineAndTheReasonAndNoData(string reason, string line)
    {
        using var file = new ObservationCsvFile(ObservationCsvFile.Header, Complete.Append(line));

        var ran = Classify(file);

        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains($"{file.Path}: {reason}", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TN", "no limit for TN")]
    [InlineData("As", "several codes")]
    [InlineData("gold", "'gold' is not a known parameter")]
    public void Classify_RequiringWhatCannotBeRequired_ExitsWith2AndTheReason(string required, string reason)
    {
        using var file = new ObservationCsvFile(ObservationCsvFile.Header, Complete);

        var ran = Classify(file, "--required", required);

        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(reason, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Classify_AFileThatIsNotThereOrNotText_ExitsWith2AndItsName()
    {
        using var file = new ObservationCsvFile(ObservationCsvFile.Header);
        File.WriteAllBytes(file.Path, [0x73, 0xFF, 0xFE, 0x0A]);

        Assert.Contains("not UTF-8", Classify(file).Error, StringComparison.Ordinal);
        var missing = CommandLine.Run("classify", "--standard", "gb3838", "--water-body", "river", "/nowhere/none.csv");
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("/nowhere/none.csv", missing.Error, StringComparison.Ordinal);
    }

    private static Ran Classify(ObservationCsvFile file, params string[] options) =>
        CommandLine.Run(["classify", "--standard", "gb3838", "--water-body", "river", .. options, file.Path]);

    private static string ClassZh(string line)
    {
        using var json = JsonDocument.Parse(line);
        Assert.True(WaterClassNames.TryParse(json.RootElement.GetProperty("class").GetString()!, out var waterClass));
        return waterClass.NameZh();
    }
}
