using System.Text.Json;
using Sensor.Contracts;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Projection;

/// <summary>Every question of the dashboard of readings, asked to a real influxd that holds a value, a missing value and a revision.</summary>
public sealed class DashboardTests
{
    private static readonly Instant At = TestStation.Start;

    [Fact]
    public async Task Questions_OfTheDashboard_AreAnsweredWithRows()
    {
        await using var influxd = await Influxd.StartAsync();
        await using var evidence = new ProjectedEvidence(new InfluxV1Configuration { Url = influxd.Url, Database = "waterwatch" });
        evidence.Service.Start();
        evidence.Append(evidence.Station.Next("1.40", At), evidence.Station.Next(ProjectedEvidence.Missing(At.PlusMilliseconds(1))), evidence.Station.Next("1.50", At));
        await evidence.CaughtUp();

        var questions = Questions().Select(Filled).ToList();

        Assert.True(questions.Count > 8, $"{questions.Count} questions");
        foreach (var question in questions)
        {
            Assert.True((await influxd.RowsAsync(question)).Count > 0, $"no row: {question}");
        }
    }

    // As Grafana fills them in for what is there.
    private static string Filled(string question) => question
        .Replace("$generation", "1", StringComparison.Ordinal)
        .Replace("$section", ProjectedEvidence.Section, StringComparison.Ordinal)
        .Replace("$parameter", ParameterCatalogue.CodMn, StringComparison.Ordinal)
        .Replace("$timeFilter", $"time >= {At.UnixMilliseconds}ms AND time < {At.UnixMilliseconds + 86_400_000}ms", StringComparison.Ordinal);

    private static IEnumerable<string> Questions()
    {
        var dashboard = JsonElement.Parse(File.ReadAllText(Repository.PathOf("deploy/grafana/dashboards/waterwatch-readings.json")));
        var variables = dashboard.GetProperty("templating").GetProperty("list").EnumerateArray().Where(v => v.GetProperty("type").GetString() == "query").Select(v => v.GetProperty("query"));
        var targets = dashboard.GetProperty("panels").EnumerateArray().Where(p => p.TryGetProperty("targets", out _)).SelectMany(p => p.GetProperty("targets").EnumerateArray()).Select(t => t.GetProperty("query"));
        return variables.Concat(targets).Select(q => q.GetString()!);
    }
}
