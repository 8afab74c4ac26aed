using System.Text.Json.Nodes;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Tests.Rules;

public sealed class ClauseRuleTests
{
    private const string Number = """{ "id": "limit", "kind": "number", "value": "1", "source": "Case", "certainty": "known-high" }""";

    [Theory]
    [InlineData("0.9", "pass", null)]
    [InlineData("1", "pass", null)]
    [InlineData("1.1", "fail", "10")]
    [InlineData("1.2", "fail", "10")]
    [InlineData("1.20001", "fail", "20")]
    [InlineData("2", "fail", "50")]
    [InlineData("9", "fail", "100")]
    public void PerStep_UpperBoundBelongsToTheStep_AndTheCapHolds(string value, string result, string? amount)
    {
        var agreement = ClauseCase.Agreement(Steps);
        var outcome = Assert.Single(ClauseCase.Assess(agreement, $"河口 2020-08-10 w21003 {value}"));

        Assert.Equal((result, amount), (outcome.Result.Word(), outcome.Pays?.Amount.ToString()));
    }

    [Theory]
    [InlineData("0.5", "7")]
    [InlineData("0.50001", "14")]
    [InlineData("3", "56")]
    public void Bands_WithTimes_MultipliesTheFirstBandThatIsNotExceeded(string value, string amount)
    {
        var agreement = ClauseCase.Agreement(
            $$"""
            { "kind": "clauses",
              "measures": [ { "id": "c", "kind": "mean", "parameter": "w21003", "roundInputs": "none" }, {{Number}},
                { "id": "double", "kind": "sum", "of": ["limit", "limit"] } ],
              "target": { "measure": "c", "atMost": "limit" },
              "clauses": [ { "id": "a", "payer": "up", "payee": "down", "amount": { "kind": "bands", "of": "c", "times": "double",
                "bands": [ { "atMost": ~0.5, "amount": ~3.5 }, { "atMost": ~1, "amount": ~7 }, { "amount": ~28 } ] } } ] }
            """);
        Assert.Equal(amount, Assert.Single(ClauseCase.Assess(agreement, $"河口 2020-08-10 w21003 {value}")).Pays!.Amount.ToString());
    }

    [Fact]
    public void Decide_SeveralClausesApply_AddsThemUpAndSetsThemOff()
    {
        var agreement = ClauseCase.Agreement(
            $$"""
            { "kind": "clauses", "measures": [ { "id": "c", "kind": "mean", "parameter": "w21003", "roundInputs": "none" }, {{Number}} ],
              "target": { "measure": "c", "atMost": "limit" },
              "clauses": [
                { "id": "reward", "payer": "down", "payee": "up", "bonus": true, "amount": { "kind": "fixed", "amount": ~100 } },
                { "id": "fee", "payer": "up", "payee": "down", "amount": { "kind": "perUnit", "of": "c", "each": ~300 } } ] }
            """);
        var outcome = Assert.Single(ClauseCase.Assess(agreement, "河口 2020-08-10 w21003 0.5"));

        Assert.Equal(["reward", "fee"], outcome.Dues.Select(d => d.Clause));
        Assert.Equal(new Due("reward", "up", "down", ExactDecimal.From(50), null, "CNY"), outcome.Pays);
    }

    [Theory]
    [InlineData("", "0.33333333333333333333")]
    [InlineData("\"roundMoneyTo\": ~2,", "0.33")]
    public void Decide_AmountWithoutEnd_IsExactOrRoundedAsTheAgreementSays(string rounding, string amount)
    {
        var agreement = ClauseCase.Agreement(
            $$"""
            { "kind": "clauses", {{rounding}}
              "measures": [ { "id": "c", "kind": "mean", "parameter": "w21003", "roundInputs": "none" }, {{Number}}, { "id": "r", "kind": "ratio", "of": "limit", "to": "c" } ],
              "target": { "measure": "c", "atMost": "limit" },
              "clauses": [ { "id": "a", "payer": "up", "payee": "down", "amount": { "kind": "measure", "of": "r" } } ] }
            """);
        var outcome = Assert.Single(ClauseCase.Assess(agreement, "河口 2020-08-10 w21003 3"));

        Assert.Equal(amount, outcome.Pays!.Amount.ToString());
        Assert.Contains("\"amount\":\"0.33333333333333333333\"", System.Text.Encoding.UTF8.GetString(outcome.ToBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_MissingInput_IsIndeterminateAndNamesItWhateverElseHolds()
    {
        var agreement = ClauseCase.Agreement(Steps.Replace("\"w21003\"", "\"w21011\"", StringComparison.Ordinal));
        var outcome = Assert.Single(ClauseCase.Assess(agreement, "河口 2020-08-10 w21003 0.1"));

        Assert.Equal(OutcomeResult.Indeterminate, outcome.Result);
        Assert.Equal("no-usable-value", Assert.Single(outcome.Reasons).Code);
        Assert.Empty(outcome.Dues);
    }

    [Theory]
    [InlineData("any", "0.5", null, "pass")]
    [InlineData("any", "1.5", null, "indeterminate")]
    [InlineData("any", "1.5", "0.5", "pass")]
    [InlineData("all", "0.5", null, "indeterminate")]
    [InlineData("all", "1.5", null, "fail")]
    [InlineData("all", "1", "1", "pass")]
    public void CountOf_WithAnUnknownPart_IsToldOnlyWhereThePartCannotMatter(string word, string ammonia, string? phosphorus, string result)
    {
        var agreement = ClauseCase.Agreement(
            $$"""
            { "kind": "clauses",
              "measures": [ { "id": "n", "kind": "mean", "parameter": "w21003", "roundInputs": "none" }, { "id": "p", "kind": "mean", "parameter": "w21011", "roundInputs": "none" }, {{Number}} ],
              "target": { "{{word}}": [ { "measure": "n", "atMost": "limit" }, { "measure": "p", "atMost": "limit" } ] }, "clauses": [] }
            """);
        var lines = $"河口 2020-08-10 w21003 {ammonia}\n" + (phosphorus is null ? "" : $"河口 2020-08-10 w21011 {phosphorus}");

        Assert.Equal(result, Assert.Single(ClauseCase.Assess(agreement, lines)).Result.Word());
    }

    [Fact]
    public void Read_ManyMistakes_ReportsEachWithItsPath()
    {
        var problems = Assert.Throws<DocumentException>(() => ClauseCase.Agreement(
            """
            { "kind": "clauses",
              "measures": [
                { "id": "c", "kind": "mean", "parameter": "w00001", "roundInputs": "none" },
                { "id": "c", "kind": "ratio", "of": "c", "to": "later" },
                { "id": "later", "kind": "number", "value": 3, "source": "Case", "certainty": "known-high" },
                { "id": "idle", "kind": "number", "value": "3", "source": "Case", "certainty": "known-high" } ],
              "target": { "measure": "c", "atMost": "later", "above": "later" },
              "clauses": [ { "id": "a", "payer": "upstream", "payee": "province", "amount": { "kind": "bands", "of": "c", "bands": [ { "atMost": ~1, "amount": ~1 } ] } } ] }
            """)).Problems;

        Assert.Equal(
            [
                "rule.measures[0].parameter", "rule.measures[1].id", "rule.measures[1].to", "rule.measures[2].value", "rule.target", "rule.clauses[0].payer",
                "rule.clauses[0].payee", "rule.clauses[0].amount.bands", "rule.measures",
            ],
            problems.Select(p => p.Path));
        Assert.All(problems, p => Assert.NotEmpty(p.Remedy));
    }

    [Fact]
    public void Decide_YearDependentNumber_TakesTheYearInWhichTheWindowBegins()
    {
        var agreement = ClauseCase.Agreement(
            """
            { "kind": "clauses",
              "measures": [ { "id": "c", "kind": "mean", "parameter": "w21003", "roundInputs": "none" },
                { "id": "limit", "kind": "number", "byYear": { "2020": "1", "2021": "0.5" }, "source": "Case", "certainty": "known-high" } ],
              "target": { "measure": "c", "atMost": "limit" }, "clauses": [] }
            """,
            frame => frame["inForce"]!["to"] = "2021-12-31");

        Assert.Equal(["pass", "fail"], ClauseCase.Assess(agreement, "河口 2020-08-10 w21003 0.6\n河口 2021-08-10 w21003 0.6").Select(o => o.Result.Word()));
    }

    [Fact]
    public void Margin_OfALinearMeasure_GivesTheMeanOfTheMissingDaysThatTurnsTheTarget()
    {
        var agreement = ClauseCase.Agreement(Steps);
        var outcome = Assert.Single(ClauseCase.Assess(agreement, "河口 2020-08-10 w21003 0.4"));
        var json = JsonNode.Parse(outcome.ToBytes())!["margin"]!["turningPoints"]!.AsArray();

        // 30 of 31 days are missing: (0.4 + 30 x) ÷ 31 = 1 gives x = 1.02.
        var target = json.Single(t => (string?)t!["tier"] == "target" && (string?)t["measure"] == "c")!;
        Assert.Equal("1.02", (string?)target["missingDaysMeans"]!["w21003"]);
        Assert.Equal("0.6", (string?)target["room"]);
    }

    private const string Steps =
        $$"""
        { "kind": "clauses",
          "measures": [ { "id": "c", "kind": "mean", "parameter": "w21003", "roundInputs": "none" }, {{Number}}, { "id": "over", "kind": "exceedance", "of": "c", "to": "limit" } ],
          "target": { "measure": "c", "atMost": "limit" },
          "clauses": [ { "id": "steps", "payer": "up", "payee": "down", "amount": { "kind": "perStep", "of": "over", "width": ~0.2, "each": ~10, "cap": ~100 } } ] }
        """;
}
