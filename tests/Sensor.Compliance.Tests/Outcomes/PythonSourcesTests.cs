using System.Globalization;
using System.Text;
using System.Text.Json;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Outcomes;

/// <summary>Compares outcomes with tests/cases/sources/reference_sources.py, written from docs/agreements.md alone.</summary>
public sealed class PythonSourcesTests
{
    private static readonly string[] Spans = ["moment", "day", "month", "window"];
    private static readonly string[] Series = ["ST-A", "ST-B", "CNEMC", "lab-up", "lab-down", "lab-reserve", "stranger"];
    private static readonly string[] Flags = ["N", "N", "N", "N", "N", "N", "L", "M", "C", "D", "T"];

    public static TheoryData<string, int, int> Trials => [.. Spans.SelectMany((s, i) => new[] { 2, 9, 14 }.Select(daysPerMonth => (s, daysPerMonth, (i * 10) + daysPerMonth)))];

    [Theory]
    [MemberData(nameof(Trials))]
    public async Task Assess_RandomReadingsOfSources_EqualsPython(string span, int daysPerMonth, int seed)
    {
        var agreement = Document(span, daysPerMonth);
        var (csv, determinations) = (RandomReadings(new Random(seed)), AssessmentCase.Bytes("tests/cases/sources/determinations.json"));
        var outcomes = Assessment.Assess(AgreementDocument.Read("agreement.json", agreement), new AssessmentInput
        {
            Observations = AssessmentCase.Observations(csv),
            Determinations = Determinations.Read("determinations.json", determinations),
        });

        var expected = await Python(agreement, Encoding.UTF8.GetBytes(csv));

        Assert.NotEmpty(outcomes);
        Assert.Equal(expected.Length, outcomes.Count);
        Assert.Empty(expected.Zip(outcomes).SelectMany(pair => Differences(pair.First, pair.Second)));
    }

    /// <summary>Windows are months; a source that supplies whole windows is asked for two months of a quarter.</summary>
    private static byte[] Document(string span, int daysPerMonth) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(AssessmentCase.Bytes("tests/cases/sources/agreement.json"))
            .Replace("\"substitute\": \"month\"", $"\"substitute\": \"{span}\"", StringComparison.Ordinal)
            .Replace("\"kind\": \"month\"", $"\"kind\": \"{(span == "window" ? "quarter" : "month")}\"", StringComparison.Ordinal)
            .Replace("\"monthsPerWindow\": { \"value\": \"1\"", $"\"monthsPerWindow\": {{ \"value\": \"{(span == "window" ? 2 : 1)}\"", StringComparison.Ordinal)
            .Replace("\"daysPerMonth\": { \"value\": \"1\"", $"\"daysPerMonth\": {{ \"value\": \"{daysPerMonth}\"", StringComparison.Ordinal));

    private static async Task<string[]> Python(byte[] agreement, byte[] csv)
    {
        var folder = Directory.CreateTempSubdirectory("waterwatch-");
        try
        {
            var (agreementFile, csvFile) = (Path.Combine(folder.FullName, "a.json"), Path.Combine(folder.FullName, "o.csv"));
            await File.WriteAllBytesAsync(agreementFile, agreement, TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(csvFile, csv, TestContext.Current.CancellationToken);
            var lines = await PythonScript.Run(
                [Repository.PathOf("tests/cases/sources/reference_sources.py"), agreementFile, csvFile, Repository.PathOf("tests/cases/sources/determinations.json")], [], "python3");
            return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<string> Differences(string expected, Outcome outcome)
    {
        using JsonDocument python = JsonDocument.Parse(expected), ours = JsonDocument.Parse(outcome.ToBytes());
        return [.. JsonSubset.Differences(python.RootElement, ours.RootElement)];
    }

    /// <summary>A quarter in which sources meet at the same moments, in some months many and in others few, so that each rule has something to decide.</summary>
    private static string RandomReadings(Random random)
    {
        var csv = new StringBuilder("section,time,parameter,value,unit,flag,detectionLimit,source\n");
        var density = Series.SelectMany(s => Enumerable.Range(0, 4).Select(m => (s, m))).ToDictionary(k => k, _ => random.Next(1, 10));
        for (var hour = 0; hour < 91 * 24; hour += random.Next(1, 16))
        {
            var time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddHours(hour).ToString("yyyy-MM-dd'T'HH:mm:ss'+08:00'", CultureInfo.InvariantCulture);
            foreach (var series in Series.Where(s => random.Next(10) < density[(s, hour / (31 * 24))]))
            {
                foreach (var parameter in new[] { "w01019", "w21003", "w21011", "w21001" }.Where(_ => random.Next(10) > 0))
                {
                    var value = random.Next(12) == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"1.{random.Next(1_000):000}");
                    csv.Append(CultureInfo.InvariantCulture, $"河口,{time},{parameter},{value},mg/L,{Flags[random.Next(Flags.Length)]},{(random.Next(2) == 0 ? "2.4" : "")},{series}\n");
                }
            }
        }

        return csv.ToString();
    }
}
