using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Outcomes.Differences;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Outcomes.Differences;

public sealed class SuccessionRuleTests
{
    private static readonly AssessmentCase Case = AssessmentCase.Read("revised-and-repeated");
    private static readonly Instant Open = new(1_598_000_000_000);
    private static readonly Instant Provisional = Case.Agreement.Offset.StartOf(new DateOnly(2020, 9, 1));
    private static readonly Instant Final = Case.Agreement.Offset.StartOf(new DateOnly(2020, 9, 11));

    [Theory]
    [InlineData(null, "open", Succession.Standing)]
    [InlineData(null, "provisional", Succession.First)]
    [InlineData(null, "final", Succession.First)]
    [InlineData("provisional", "open", Succession.Standing)]
    [InlineData("provisional", "provisional", Succession.Unchanged)]
    [InlineData("provisional", "provisional other data", Succession.Supersedes)]
    [InlineData("provisional", "provisional other cut", Succession.Supersedes)]
    [InlineData("provisional", "final", Succession.Supersedes)]
    [InlineData("final", "open", Succession.Unchanged)]
    [InlineData("final", "open other data", Succession.Unchanged)]
    [InlineData("final", "final", Succession.Unchanged)]
    [InlineData("final", "final other cut", Succession.Unchanged)]
    [InlineData("final", "final other data", Succession.LateFinding)]
    [InlineData("final", "provisional other data", Succession.LateFinding)]
    [InlineData("final", "final other agreement", Succession.Supersedes)]
    [InlineData("final", "provisional other agreement", Succession.Supersedes)]
    [InlineData("final", "final other determinations", Succession.Supersedes)]
    [InlineData("final other determinations", "final other data", Succession.LateFinding)]
    [InlineData("final other determinations", "final other determinations", Succession.Unchanged)]
    public void Of_IssuedAndComputed_Decides(string? issued, string computed, Succession expected) =>
        Assert.Equal(expected, SuccessionRule.Of(issued is null ? null : Document(issued), Document(computed)));

    private static OutcomeDocument Document(string what)
    {
        var words = what.Split(' ', 2);
        var input = Case.Input with { AsOf = words[0] switch { "open" => Open, "provisional" => Provisional, _ => Final } };
        var agreement = Case.Agreement;
        switch (words.ElementAtOrDefault(1))
        {
            case "other data":
                input = input with { Observations = [.. input.Observations.Take(4)] };
                break;
            case "other cut":
                input = input with { Cut = new Cut { Observations = Digest.Of("other"u8) } };
                break;
            case "other agreement":
                agreement = AgreementDocument.Read("agreement", AssessmentCase.Bytes("tests/cases/assessments/revised-and-repeated/agreement.json").Append((byte)'\n').ToArray());
                break;
            case "other determinations":
                input = input with { Determinations = Determinations.Read("determinations", AssessmentCase.Bytes("tests/cases/assessments/excluded-by-determination/determinations.json")) };
                break;
            default:
                break;
        }

        return OutcomeDocument.Of(Assert.Single(Assessment.Assess(agreement, input)));
    }
}
