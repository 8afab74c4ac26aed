using System.Globalization;
using System.Text;
using System.Text.Json;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Outcomes;

/// <summary>Compares what failed checks exclude with tests/cases/checks/reference_checks.py, written from docs/agreements.md alone.</summary>
public sealed class PythonChecksTests
{
    private const string Agreement = "tests/cases/assessments/failed-check-back-to-last-good/agreement.json";
    private static readonly string[] Kinds = ["zero", "span", "calibration"];
    private static readonly (string Instrument, string Parameter)[] Instruments = [("codmn-1", "w01019"), ("codmn-2", "w01019"), ("nh3n-1", "w21003")];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Assess_RandomChecks_CountsWhatPythonCounts(int seed)
    {
        var random = new Random(seed);
        var (readings, checks) = (RandomReadings(random), RandomChecks(random));
        var outcomes = Assessment.Assess(AgreementDocument.Read(Agreement, AssessmentCase.Bytes(Agreement)), new AssessmentInput
        {
            Observations = AssessmentCase.Observations(readings),
            Checks = AssessmentCase.Checks(checks),
        });

        var expected = await Python(readings, checks);

        Assert.Contains(outcomes, o => Encoding.UTF8.GetString(o.ToBytes()).Contains("failed-check", StringComparison.Ordinal));
        Assert.Equal(expected.Length, outcomes.Count);
        foreach (var (line, outcome) in expected.Zip(outcomes))
        {
            using JsonDocument python = JsonDocument.Parse(line), ours = JsonDocument.Parse(outcome.ToBytes());
            Assert.Empty(JsonSubset.Differences(python.RootElement, ours.RootElement));
        }
    }

    private static async Task<string[]> Python(string readings, string checks)
    {
        var folder = Directory.CreateTempSubdirectory("waterwatch-");
        try
        {
            var (readingsFile, checksFile) = (Path.Combine(folder.FullName, "o.csv"), Path.Combine(folder.FullName, "c.csv"));
            await File.WriteAllTextAsync(readingsFile, readings, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(checksFile, checks, TestContext.Current.CancellationToken);
            var lines = await PythonScript.Run([Repository.PathOf("tests/cases/checks/reference_checks.py"), Repository.PathOf(Agreement), readingsFile, checksFile], [], "python3");
            return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Every eighth hour, so that checks fall on readings often. Instruments measure one after the other: only one value of a moment counts.
    private static string RandomReadings(Random random)
    {
        var csv = new StringBuilder("section,time,parameter,value,unit,flag,source,instrument\n");
        for (var hour = 0; hour < 91 * 24; hour += 8)
        {
            foreach (var (instrument, parameter) in new[] { Instruments[random.Next(2)], Instruments[2] })
            {
                csv.Append(CultureInfo.InvariantCulture, $"河口,{Time(hour)},{parameter},1.{random.Next(1_000):000},mg/L,N,ST-1,{instrument}\n");
            }
        }

        return csv.ToString();
    }

    private static string RandomChecks(Random random)
    {
        var csv = new StringBuilder("section,time,instrument,parameter,kind,passed,source\n");
        for (var hour = 0; hour < 91 * 24; hour += 4 * random.Next(0, 40))
        {
            var (instrument, parameter) = Instruments[random.Next(3)];
            csv.Append(CultureInfo.InvariantCulture, $"河口,{Time(hour)},{instrument},{parameter},{Kinds[random.Next(3)]},{(random.Next(3) > 0 ? "true" : "false")},ST-1\n");
        }

        return csv.ToString();
    }

    private static string Time(int hour) =>
        new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddHours(hour).ToString("yyyy-MM-dd'T'HH:mm:ss'+08:00'", CultureInfo.InvariantCulture);
}
