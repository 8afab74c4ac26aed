using System.Text;
using System.Text.Json.Nodes;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using JsonObject = System.Text.Json.Nodes.JsonObject;

namespace Sensor.Compliance.Tests.Rules;

/// <summary>Where a payment begins and ends: exactly at a bound, below nothing, where an input is open.</summary>
public sealed class ClauseBoundaryTests
{
    private const string Numbers =
        """
        { "id": "one", "kind": "number", "value": "1", "source": "Case", "certainty": "known-high" },
        { "id": "two", "kind": "number", "value": "2", "source": "Case", "certainty": "known-high" }
        """;

    [Theory]
    [InlineData("below", "1", false)]
    [InlineData("below", "0.99999", true)]
    [InlineData("atLeast", "1", true)]
    [InlineData("above", "1", false)]
    [InlineData("above", "1.00001", true)]
    [InlineData("equals", "1", true)]
    [InlineData("equals", "1.00001", false)]
    public void Comparison_AtTheBound_IsExact(string word, string value, bool met)
    {
        var outcome = Decide($$"""{ "measure": "c", "{{word}}": "one" }""", "[]", $"河口 2020-08-10 w21003 {value}");

        Assert.Equal(met ? OutcomeResult.Pass : OutcomeResult.Fail, outcome.Result);
    }

    [Theory]
    [InlineData("perUnit\", \"of\": \"over\", \"each\": ~10 }")]
    [InlineData("perStep\", \"of\": \"over\", \"width\": ~0.5, \"each\": ~10 }")]
    [InlineData("measure\", \"of\": \"over\" }")]
    public void Amount_OfSomethingBelowZero_IsNothing(string schedule)
    {
        var clauses = $$"""[ { "id": "a", "payer": "up", "payee": "down", "amount": { "kind": "{{schedule}} } ]""";

        Assert.Null(Decide(Target, clauses, "河口 2020-08-10 w21003 0.5").Pays);
        Assert.Null(Decide(Target, clauses, "河口 2020-08-10 w21003 1").Pays);
        Assert.NotNull(Decide(Target, clauses, "河口 2020-08-10 w21003 1.5").Pays);
    }

    [Theory]
    [InlineData("", "5")]
    [InlineData(", \"count\": \"days\"", "5")]
    [InlineData(", \"count\": \"runs\"", "2")]
    public void ExceedingDays_DayAtTheLimit_EndsARun(string count, string expected)
    {
        // 3 days above 1, one exactly at it, 2 above, a day without reading, one above: runs of 3 and 2, the last is too short.
        const string lines =
            """
            河口 2020-08-01 w21003 1.1
            河口 2020-08-02 w21003 1.1
            河口 2020-08-03 w21003 1.1
            河口 2020-08-04 w21003 1
            河口 2020-08-05 w21003 9
            河口 2020-08-06 w21003 9
            河口 2020-08-08 w21003 9
            """;
        var measure = $$"""{ "id": "x", "kind": "exceedingDays", "parameter": "w21003", "limit": "one", "runOf": ~2{{count}} }""";
        var outcome = Decide("""{ "all": [ { "measure": "x", "atMost": "one" }, { "measure": "over", "atMost": "one" } ] }""", "[]", lines, measure);

        Assert.Equal(expected, ValueOf(outcome, "x"));
    }

    [Fact]
    public void WhereNoInflow_InflowWithoutReadings_StaysOpenInsteadOfTheOtherMeasure()
    {
        const string inflow = """{ "id": "in", "kind": "mean", "parameter": "w21003", "roundInputs": "none", "section": "inflow" }, { "id": "x", "kind": "whereNoInflow", "of": "in", "otherwise": "two" }""";
        const string target = """{ "all": [ { "measure": "over", "atMost": "x" } ] }""";
        void WithInflow(JsonObject frame)
        {
            frame["sections"]![0]!["inflows"] = new JsonArray("上游");
            frame["sections"]!.AsArray().Add(JsonNode.Parse("""{ "section": "上游", "waterBody": "river", "name": { "en": "a", "zh": "a" }, "referenceOnly": true }"""));
        }

        const string here = "河口 2020-08-10 w21003 1";
        Assert.Equal(OutcomeResult.Pass, Decide(target, "[]", here, inflow).Result);
        Assert.Equal(OutcomeResult.Indeterminate, Decide(target, "[]", here, inflow, WithInflow).Result);
        Assert.Equal(OutcomeResult.Pass, Decide(target, "[]", here + "\n上游 2020-08-10 w21003 9", inflow, WithInflow).Result);
    }

    [Theory]
    [InlineData("m3", "5", OutcomeResult.Fail)]
    [InlineData("m3", "6", OutcomeResult.Indeterminate)]
    [InlineData("t", "5", OutcomeResult.Indeterminate)]
    public void Fact_OfEqualSpan_CountsOnlyWhereAllAgree(string unit, string second, OutcomeResult result)
    {
        var fact = (string id, string value, string of) =>
            $$"""{ "id": "{{id}}", "name": "volume", "from": "2020-08-01T00:00:00+08:00", "to": "2020-09-01T00:00:00+08:00", "value": "{{value}}", "unit": "{{of}}", "document": "Case", "statedBy": ["Water bureau"] }""";
        var document = Determinations.Read("d.json", Encoding.UTF8.GetBytes(
            $$"""{ "schema": "waterwatch/determinations/1", "determinations": [], "facts": [ {{fact("a", "5", "m3")}}, {{fact("b", second, unit)}} ] }"""));
        var agreement = ClauseCase.Agreement(RuleOf("""{ "all": [ { "measure": "x", "atMost": "over" } ] }""", "[]", """{ "id": "x", "kind": "fact", "name": "volume", "unit": "m3" }"""));

        Assert.Equal(result, Assert.Single(ClauseCase.Assess(agreement, "河口 2020-08-10 w21003 1", document)).Result);
    }

    [Fact]
    public void WindowsMet_EarlierWindowWithoutReadings_SaysWhichWindow()
    {
        const string measure = """{ "id": "x", "kind": "windowsMet", "condition": { "measure": "c", "atMost": "one" }, "last": ~2 }""";
        const string target = """{ "all": [ { "measure": "x", "atLeast": "two" }, { "measure": "over", "atMost": "one" } ] }""";

        var open = Decide(target, "[]", "河口 2020-08-10 w21003 1", measure);
        Assert.Equal(OutcomeResult.Indeterminate, open.Result);
        Assert.Contains("in window 2020-07", Assert.Single(open.Reasons).En, StringComparison.Ordinal);
        Assert.Equal("2", ValueOf(Decide(target, "[]", "河口 2020-07-10 w21003 1\n河口 2020-08-10 w21003 1", measure), "x"));
    }

    private const string Target = """{ "measure": "c", "atMost": "one" }""";

    private static string RuleOf(string target, string clauses, string? measure) =>
        $$"""
        { "kind": "clauses",
          "measures": [ { "id": "c", "kind": "mean", "parameter": "w21003", "roundInputs": "none" }, {{Numbers}}, { "id": "over", "kind": "difference", "of": ["c", "one"] },
            { "id": "spare", "kind": "sum", "of": ["over", "two"] }{{(measure is null ? "" : ", " + measure)}} ],
          "target": { "any": [ {{target}}, { "all": [ {{target}}, { "measure": "spare", "atMost": "one" } ] } ] },
          "clauses": {{clauses}} }
        """;

    private static Outcome Decide(string target, string clauses, string lines, string? measure = null, Action<JsonObject>? change = null) =>
        ClauseCase.Assess(ClauseCase.Agreement(RuleOf(target, clauses, measure), change), lines).Single(o => o.Window.Label == "2020-08");

    private static string? ValueOf(Outcome outcome, string id) =>
        (string?)JsonNode.Parse(outcome.ToBytes())!["trace"]!["rule"]!["measures"]!.AsArray().Single(m => (string?)m!["id"] == id)!["value"];
}
