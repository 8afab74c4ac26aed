using System.Text;
using Sensor.Compliance.Quality;
using Sensor.Contracts.Documents;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Quality;

public sealed class QualityTestsTests
{
    /// <summary>The parameters that each test cannot do without.</summary>
    public static TheoryData<string, string> Least => new()
    {
        { "time_gap", "" },
        { "syntax", "\"nchar\": \"3\"" },
        { "location", "" },
        { "gross_range", "\"fail_span\": [\"0\", \"1\"]" },
        { "climatology", "\"members\": [{ \"tspan\": [\"2020\", \"2021-07\"], \"vspan\": [\"0\", \"1\"] }]" },
        { "spike", "\"suspect_threshold\": \"1\"" },
        { "rate_of_change", "\"threshold_per_second\": \"1\"" },
        { "flat_line", "\"suspect_threshold_s\": \"1\", \"fail_threshold_s\": \"2\", \"tolerance\": \"0.1\"" },
        { "multi_variate", "\"threshold_per_second\": \"1\", \"partner_threshold_per_second\": \"1\"" },
        { "attenuated_signal", "\"suspect_threshold\": \"1\", \"fail_threshold\": \"1\"" },
        { "neighbour", "\"suspect_threshold\": \"1\"" },
        { "percentile_range", "" },
        { "ammonia_within_total_nitrogen", "" },
        { "oxygen_saturation", "\"suspect_percent\": [\"0\", \"150\"]" },
        { "identical_vector", "" },
        { "conductivity_jump", "" },
    };

    [Theory, MemberData(nameof(Least))]
    public void Read_EveryTestWithItsLeast_GivesTheTestOfThatName(string name, string parameters)
    {
        var test = Read($$"""{ "test": "{{name}}", "parameters": { {{parameters}} } }""");
        Assert.Equal(name, test.Name);
        Assert.Contains($"| `{name}` |", File.ReadAllText(Repository.PathOf("docs/quality.md")), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Least))]
    public void Read_AParameterThatTheTestDoesNotKnow_IsAMistake(string name, string parameters)
    {
        var more = parameters.Length == 0 ? "" : parameters + ", ";
        var mistakes = Assert.Throws<DocumentException>(() => Read($$"""{ "test": "{{name}}", "parameters": { {{more}}"tolerence": "1" } }"""));
        Assert.Equal(["parameters.tolerence"], mistakes.Problems.Select(p => p.Path));
    }

    [Theory, MemberData(nameof(Least))]
    public void Read_WithoutWhatATestNeeds_NamesEachOfIt(string name, string parameters)
    {
        if (parameters.Length == 0)
        {
            Assert.Equal(name, Read($$"""{ "test": "{{name}}", "parameters": {} }""").Name);
            return;
        }

        var mistakes = Assert.Throws<DocumentException>(() => Read($$"""{ "test": "{{name}}", "parameters": {} }"""));
        Assert.All(mistakes.Problems.Select(p => p.Path.Split('.')[^1]), member => Assert.Contains($"\"{member}\"", parameters, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_AreThoseOfTheTable() => Assert.Equal(Least.Select(row => row.Data.Item1), QualityTests.Names);

    private static QualityTest Read(string text) => StrictDocument.Read("case", Encoding.UTF8.GetBytes(text), json => QualityTests.Read(json)!);
}
