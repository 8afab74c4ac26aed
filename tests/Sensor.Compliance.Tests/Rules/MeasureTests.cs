using System.Text.Json.Nodes;
using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Tests.Rules;

public sealed class MeasureTests
{
    private const string Days =
        """
        河口 2020-08-01 w21003 1
        河口 2020-08-02 w21003 2
        河口 2020-08-03 w21003 3
        河口 2020-08-05 w21003 4
        河口 2020-08-06 w21003 10
        """;

    [Theory]
    [InlineData("""{ "kind": "extreme", "parameter": "w21003", "take": "greatest", "of": "days" }""", "10")]
    [InlineData("""{ "kind": "extreme", "parameter": "w21003", "take": "least", "of": "values" }""", "1")]
    [InlineData("""{ "kind": "extreme", "parameter": "w21003", "take": "greatest", "of": "months" }""", "4")]
    [InlineData("""{ "kind": "percentile", "parameter": "w21003", "percent": ~40, "method": "nearestRank", "of": "days" }""", "2")]
    [InlineData("""{ "kind": "percentile", "parameter": "w21003", "percent": ~40.1, "method": "nearestRank", "of": "days" }""", "3")]
    [InlineData("""{ "kind": "percentile", "parameter": "w21003", "percent": ~100, "method": "nearestRank", "of": "days" }""", "10")]
    [InlineData("""{ "kind": "percentile", "parameter": "w21003", "percent": ~40, "method": "linear", "of": "days" }""", "2.6")]
    [InlineData("""{ "kind": "percentile", "parameter": "w21003", "percent": ~100, "method": "linear", "of": "days" }""", "10")]
    [InlineData("""{ "kind": "mean", "parameter": "w21003", "statistic": "meanOfSamples", "roundInputs": "none" }""", "4")]
    [InlineData("""{ "kind": "exceedingDays", "parameter": "w21003", "limit": "one", "runOf": ~2 }""", "4")]
    [InlineData("""{ "kind": "exceedingDays", "parameter": "w21003", "limit": "one", "runOf": ~3 }""", "0")]
    [InlineData("""{ "kind": "complianceRate", "parameters": ["w21003"], "class": "V", "roundInputs": "none", "of": "days" }""", "40")]
    [InlineData("""{ "kind": "class", "parameters": ["w21003"], "roundInputs": "none" }""", "6")]
    [InlineData("""{ "kind": "classLimit", "parameter": "w21003", "class": "II" }""", "0.5")]
    [InlineData("""{ "kind": "ratio", "of": "one", "to": "three" }""", "0.33333333333333333333")]
    [InlineData("""{ "kind": "change", "of": "one", "to": "three" }""", "-66.66666666666666666667")]
    [InlineData("""{ "kind": "difference", "of": ["three", "one", "one"] }""", "1")]
    [InlineData("""{ "kind": "product", "of": ["three", "three"] }""", "9")]
    [InlineData("""{ "kind": "average", "of": ["three", "one"] }""", "2")]
    [InlineData("""{ "kind": "greatest", "of": ["three", "one"] }""", "3")]
    public void Of_KnownReadings_GivesTheValue(string measure, string expected) => Assert.Equal(expected, Value(measure, Days));

    [Theory]
    [InlineData("flowWeightedMean", "", "3.25")]
    [InlineData("load", ", \"missingDays\": \"leftOut\"", "11.232")]
    [InlineData("load", ", \"missingDays\": \"scaled\"", "174.096")]
    public void Flow_SignedDischarge_IsWeighedDayByDay(string kind, string more, string expected)
    {
        // 3 × 50 downstream, 2 × 10 back; the third day has no discharge: Σ C Q = 130, Σ Q = 40.
        const string lines =
            """
            河口 2020-08-01 w21003 3
            河口 2020-08-01 w99999 50
            河口 2020-08-02 w21003 2
            河口 2020-08-02 w99999 -10
            河口 2020-08-03 w21003 5
            """;
        Assert.Equal(expected, Value($$"""{ "kind": "{{kind}}", "parameter": "w21003", "flow": "w99999"{{more}} }""", lines));
    }

    [Fact]
    public void Flow_NothingWentDownstream_HasNoValueButAReason()
    {
        var rule = Rule("""{ "kind": "flowWeightedMean", "parameter": "w21003", "flow": "w99999" }""", "河口 2020-08-01 w21003 3\n河口 2020-08-01 w99999 -40");
        Assert.Equal(("indeterminate", "no-flow"), ((string?)rule["result"], (string?)rule["reasons"]![0]!["code"]));
    }

    [Theory]
    [InlineData("previous\"", "2020-07-01", "5")]
    [InlineData("yearBefore\"", "2019-08-01", "5")]
    [InlineData("calendarYearBefore\", \"minimumMonths\": ~1", "2019-02-01", "5")]
    public void Mean_OfAnotherWindow_LooksThereAndShowsItsSums(string window, string day, string expected)
    {
        var outcome = Rule($$"""{ "kind": "mean", "parameter": "w21003", "roundInputs": "none", "window": "{{window}} }""", Days + $"\n河口 {day} w21003 5");
        var measure = outcome["trace"]!["rule"]!["measures"]!.AsArray().Single(m => (string?)m!["id"] == "x")!;

        Assert.Equal((expected, "5", 1), ((string?)measure["value"], (string?)measure["steps"]!["months"]![0]!["sum"], (int)measure["steps"]!["count"]!));
    }

    [Fact]
    public void Mean_OfAWindowWithoutReadings_IsIndeterminateAndSaysWhere()
    {
        var outcome = Rule("""{ "kind": "mean", "parameter": "w21003", "roundInputs": "none", "window": "yearBefore" }""", Days);

        Assert.Equal("indeterminate", (string?)outcome["result"]);
        Assert.Contains("in window 2019-08", (string?)outcome["reasons"]![0]!["en"], StringComparison.Ordinal);
    }

    [Fact]
    public void Mean_AtTheInflows_IsTheGreatestAndWithoutInflowUnknown()
    {
        const string measure = """{ "kind": "mean", "parameter": "w21003", "roundInputs": "none", "section": "inflow" }""";
        const string lines = Days + "\n上游甲 2020-08-01 w21003 7\n上游乙 2020-08-01 w21003 9";
        void Inflows(JsonObject frame)
        {
            var sections = frame["sections"]!.AsArray();
            sections[0]!["inflows"] = new JsonArray("上游甲", "上游乙");
            sections.Add(Section("上游甲"));
            sections.Add(Section("上游乙"));
        }

        var outcomes = ClauseCase.Assess(ClauseCase.Agreement(RuleOf(measure), Inflows), lines);
        Assert.Equal("9", (string?)X(JsonNode.Parse(Assert.Single(outcomes).ToBytes())!)["value"]);
        Assert.Equal("no-inflow", (string?)Rule(measure, Days)["reasons"]![0]!["code"]);
    }

    [Theory]
    [InlineData("12", "2020-08-01T00:00:00+08:00", "2020-09-01T00:00:00+08:00", "12")]
    [InlineData("12", "2020-08-02T00:00:00+08:00", "2020-09-01T00:00:00+08:00", null)]
    public void Fact_CoversTheWindowOrNot_HasAValueOrAReason(string value, string from, string to, string? expected)
    {
        var document = $$"""
            { "schema": "waterwatch/determinations/1", "determinations": [], "facts": [
              { "id": "f", "name": "volume", "from": "{{from}}", "to": "{{to}}", "value": "{{value}}", "unit": "m3", "document": "Case 1", "statedBy": ["Water bureau"] },
              { "id": "g", "name": "volume", "from": "2020-01-01T00:00:00+08:00", "to": "2020-08-20T00:00:00+08:00", "value": "99", "unit": "m3", "document": "Case 2", "statedBy": ["Water bureau"] } ] }
            """;
        var determinations = Determinations.Read("d.json", System.Text.Encoding.UTF8.GetBytes(document));
        var agreement = ClauseCase.Agreement(RuleOf("""{ "kind": "fact", "name": "volume", "unit": "m3" }"""));
        var outcome = JsonNode.Parse(Assert.Single(ClauseCase.Assess(agreement, Days, determinations)).ToBytes())!;

        Assert.Equal(expected, (string?)X(outcome)["value"]);
        Assert.Equal(expected is null ? "fact-missing" : "target-missed", (string?)outcome["reasons"]![0]!["code"]);
    }

    private static string? Value(string measure, string lines) => (string?)X(Rule(measure, lines))["value"];

    private static JsonNode X(JsonNode outcome) => outcome["trace"]!["rule"]!["measures"]!.AsArray().Single(m => (string?)m!["id"] == "x")!;

    private static JsonNode Rule(string measure, string lines) =>
        JsonNode.Parse(ClauseCase.Assess(ClauseCase.Agreement(RuleOf(measure)), lines).Single(o => o.Window.Label == "2020-08").ToBytes())!;

    private static string RuleOf(string measure) =>
        $$"""
        { "kind": "clauses",
          "measures": [
            { "id": "one", "kind": "number", "value": "1", "source": "Case", "certainty": "known-high" },
            { "id": "three", "kind": "number", "value": "3", "source": "Case", "certainty": "known-high" },
            { "id": "x", {{measure.TrimStart()[1..]}} ],
          "target": { "all": [ { "measure": "x", "equals": "one" }, { "measure": "three", "equals": "three" } ] }, "clauses": [] }
        """;

    private static JsonNode Section(string name) =>
        JsonNode.Parse($$$"""{ "section": "{{{name}}}", "waterBody": "river", "name": { "en": "Case", "zh": "案例" }, "referenceOnly": true }""")!;
}
