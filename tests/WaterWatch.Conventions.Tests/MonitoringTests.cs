using System.Text.Json;
using System.Text.RegularExpressions;

namespace WaterWatch.Conventions.Tests;

/// <summary>Dashboards and alert rules name only what the code defines.</summary>
public sealed partial class MonitoringTests
{
    private const string Rules = "deploy/prometheus/waterwatch.rules.yml";
    private const string Service = "deploy/grafana/dashboards/waterwatch-service.json";
    private const string Readings = "deploy/grafana/dashboards/waterwatch-readings.json";

    [Fact]
    public void MetricNames_OfTheCode_AreFoundByKind() => Assert.Superset(
        new HashSet<string>(["waterwatch_records_total", "waterwatch_log_size", "waterwatch_commit_duration_seconds_bucket", "waterwatch_influx_lag", "waterwatch_imported_readings_total", "waterwatch_edge_samples_total", "waterwatch_edge_disk_free_bytes"], StringComparer.Ordinal),
        new HashSet<string>(MetricNames.Defined, StringComparer.Ordinal));

    [Theory]
    [InlineData(Rules)]
    [InlineData("deploy/prometheus/waterwatch.rules.test.yml")]
    [InlineData(Service)]
    public void Metrics_OfAlertsAndDashboards_AreDefinedByTheCode(string file) => Assert.Empty(
        from expression in file.EndsWith(".json", StringComparison.Ordinal) ? Questions(file).Concat(Variables(file)) : SourceTree.Text(file).Split('\n').Where(line => line.Contains("expr:", StringComparison.Ordinal) || line.Contains("- series:", StringComparison.Ordinal))
        from Match name in MetricName().Matches(expression)
        where !MetricNames.Defined.Contains(name.Value)
        select $"{file}: {name.Value} is no metric of the code, in: {expression.Trim()}");

    [Fact]
    public void Metrics_OfTheOperatorsReference_AreDefinedByTheCode()
    {
        var page = SourceTree.Text("docs/operator.md");
        var unknown = MetricName().Matches(page[page.IndexOf("Metrics: ", StringComparison.Ordinal)..]).Select(m => m.Value)
            .Where(name => !MetricNames.Defined.Contains(name) && !MetricNames.Defined.Contains(name + "_count")).ToList();
        Assert.True(unknown.Count == 0, $"docs/operator.md: {string.Join(", ", unknown)} are no metrics of the code");
    }

    [Fact]
    public void Rules_Each_HasAnExpressionASeverityAndARemedy()
    {
        var alerts = SourceTree.Text(Rules).Split("- alert: ").Skip(1).ToList();

        Assert.True(alerts.Count >= 12, $"{alerts.Count} alerts");
        Assert.All(alerts, alert => Assert.All(
            new[] { @"^WaterWatch\w+\n", @"\n {8}expr: \S.*\n", @"\n {8}for: \d+[smh]\n", @"\n {10}severity: (critical|warning|info)\n", "\n {10}summary: \"[^\"\n]+\"\n", "\n {10}description: \"[^\"\n]{20,}\"\n" },
            part => Assert.Matches(part, alert)));
        Assert.Equal(alerts.Count, alerts.Select(a => a.Split('\n')[0]).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void InfluxQuestions_OfTheDashboard_NameOnlyWhatTheProjectionWrites()
    {
        var written = SourceTree.Files("src/Sensor.Ingest/Projection", ".cs").SelectMany(SourceTree.Tokens).Select(t => t.ValueText).ToHashSet(StringComparer.Ordinal);
        written.UnionWith(["observation_g$generation", "superseded_g$generation"]);
        var questions = Questions(Readings).Concat(Variables(Readings).Where(v => v.Contains("SHOW", StringComparison.Ordinal))).ToList();

        Assert.True(questions.Count > 8, $"{questions.Count} questions");
        Assert.Empty(
            from question in questions
            from Match name in QuotedName().Matches(question)
            where !written.Contains(name.Groups[1].Value)
            select $"{name.Value} is nothing that the projection writes, in: {question}");
    }

    [Theory]
    [InlineData(Service, "prometheus")]
    [InlineData(Readings, "influxdb")]
    public void Panels_OfADashboard_HaveATitleADescriptionAndTheChosenSource(string file, string kind) => Assert.All(
        Panels(file).Where(p => p.GetProperty("type").GetString() != "row"),
        panel =>
        {
            Assert.NotEmpty(panel.GetProperty("title").GetString()!);
            Assert.NotEmpty(panel.GetProperty("description").GetString()!);
            Assert.Equal((kind, "${ds}"), (panel.GetProperty("datasource").GetProperty("type").GetString(), panel.GetProperty("datasource").GetProperty("uid").GetString()));
        });

    private static List<JsonElement> Panels(string file) => [.. JsonElement.Parse(SourceTree.Text(file)).GetProperty("panels").EnumerateArray()];

    private static IEnumerable<string> Questions(string file) =>
        Panels(file).Where(p => p.TryGetProperty("targets", out _)).SelectMany(p => p.GetProperty("targets").EnumerateArray())
            .Select(t => t.TryGetProperty("expr", out var expression) ? expression.GetString()! : t.GetProperty("query").GetString()!);

    private static IEnumerable<string> Variables(string file) =>
        JsonElement.Parse(SourceTree.Text(file)).GetProperty("templating").GetProperty("list").EnumerateArray().Select(v => v.GetProperty("query"))
            .Select(query => query.ValueKind == JsonValueKind.String ? query.GetString()! : query.GetProperty("query").GetString()!);

    [GeneratedRegex(@"\bwaterwatch_[a-z_]+[a-z]")]
    private static partial Regex MetricName();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex QuotedName();
}
