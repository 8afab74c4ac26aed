using System.Globalization;
using System.Text;
using System.Text.Json;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Outcomes;

/// <summary>Compares outcomes with tests/cases/assessments/reference.py, written from docs/agreements.md alone.</summary>
public sealed class PythonAssessmentTests
{
    private const string Header = "section,time,parameter,value,unit,flag,detectionLimit\n";
    private static readonly string[] Parameters = ["w01019", "w21003", "w21011", "w21001"];
    private static readonly string[] Flags = ["N", "N", "N", "N", "N", "N", "L", "M"];

    [Fact]
    public Task Assess_RecordedYear_EqualsPython() =>
        Compare(["agreements/xinanjiang-round-3-from-may.json"], File.ReadAllText(Repository.PathOf("demo/data/jiekou.csv")));

    [Theory]
    [InlineData("too-few-months", 1)]
    [InlineData("too-few-days", 2)]
    [InlineData("mean-of-samples-decides", 3)]
    [InlineData("synthetic-round-3-bonus", 4)]
    [InlineData("week-over-edges", 5)]
    [InlineData("season", 6)]
    public Task Assess_RandomReadings_EqualsPython(string name, int seed) =>
        Compare([$"tests/cases/assessments/{name}/agreement.json"], RandomReadings(new Random(seed)));

    [Theory]
    [InlineData("amended-reopen", 7)]
    [InlineData("amended-split", 8)]
    [InlineData("amended-leave", 9)]
    [InlineData("amended-split-within-a-month", 10)]
    [InlineData("amended-to-months", 11)]
    public Task Assess_RandomReadingsUnderTwoVersions_EqualsPython(string name, int seed) =>
        Compare([$"tests/cases/assessments/{name}/agreement-1.json", $"tests/cases/assessments/{name}/agreement-2.json"], RandomReadings(new Random(seed)));

    private static async Task Compare(string[] agreements, string csv)
    {
        var history = AgreementHistory.Of(agreements.Select(path => AgreementDocument.Read(path, AssessmentCase.Bytes(path))));
        var outcomes = Assessment.Assess(history, new AssessmentInput { Observations = AssessmentCase.Observations(csv) });
        var file = Path.Combine(Path.GetTempPath(), $"waterwatch-{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(file, csv, TestContext.Current.CancellationToken);
        try
        {
            var python = await PythonScript.Run(
                [Repository.PathOf("tests/cases/assessments/reference.py"), .. agreements.Select(Repository.PathOf), file], [], "python3");
            var expected = python.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.NotEmpty(expected);
            Assert.Equal(expected.Length, outcomes.Count);
            Assert.Empty(expected.Zip(outcomes).SelectMany(pair => Differences(pair.First, pair.Second)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static List<string> Differences(string expected, Outcome outcome)
    {
        using JsonDocument python = JsonDocument.Parse(expected), ours = JsonDocument.Parse(outcome.ToBytes());
        return [.. JsonSubset.Differences(python.RootElement, ours.RootElement)];
    }

    private static string RandomReadings(Random random)
    {
        var csv = new StringBuilder(Header);
        for (var hour = 0; hour < 366 * 24; hour += random.Next(1, 60))
        {
            var time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddHours(hour).ToString("yyyy-MM-dd'T'HH:mm:ss'+08:00'", CultureInfo.InvariantCulture);
            foreach (var parameter in Parameters.Where(_ => random.Next(20) > 0))
            {
                var value = random.Next(10) == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{random.Next(4)}.{random.Next(100_000):00000}");
                csv.Append(CultureInfo.InvariantCulture, $"河口,{time},{parameter},{value},mg/L,{Flags[random.Next(Flags.Length)]},{(random.Next(2) == 0 ? "0.025" : "")}\n");
            }
        }

        return csv.ToString();
    }
}
