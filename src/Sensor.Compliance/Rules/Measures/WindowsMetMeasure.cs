using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Rules.Conditions;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>
/// <c>windowsMet</c>: in how many of the last so many windows a condition held, the window that is decided included, as in "in nine of ten years". A window of
/// which that cannot be told leaves the number unknown.
/// </summary>
internal sealed record WindowsMetMeasure(string Id, Condition Condition, Stated<int> Last) : Measure(Id)
{
    public const string Word = "windowsMet";

    public override string Kind => Word;

    public override IReadOnlyList<string> Uses => Condition.Uses;

    public override LocalText Words => new(
        $"in how many of the last {Last.Value} windows {Condition.Words.En}", $"最近{Last.Value}个时段中{Condition.Words.Zh}的时段数");

    public static WindowsMetMeasure Read(string id, StrictObject json, AgreementContext context) =>
        new(id, ConditionReader.Read(json.Child("condition"), context), context.Stated.Whole(json, "last", 1, 120));

    public override Finding Of(Findings findings)
    {
        if (Windows(findings.Scope) is not { } scopes)
        {
            return Finding.Unknown([Place.NoWindow(findings.Scope)]);
        }

        var truths = scopes.Select(scope => (scope.Window.Label, Truth: TruthIn(scope, findings))).ToList();
        var steps = new JsonObject { { "windows", JsonList.Of(truths, t => new JsonObject { { "window", t.Label }, { "met", t.Truth.Holds is { } met ? met : JsonNull.Instance } }) } };
        var lacking = Reasons.Distinct(truths.SelectMany(t => t.Truth.Lacking));
        return lacking.Count > 0
            ? Finding.Unknown(lacking, steps)
            : Finding.Known(ExactDecimal.From(truths.Count(t => t.Truth.Holds == true)), steps);
    }

    /// <summary>What an earlier window lacks says which window that is.</summary>
    private Truth TruthIn(RuleScope scope, Findings findings)
    {
        if (scope == findings.Scope)
        {
            return Condition.Of(findings);
        }

        var truth = Condition.Of(findings.At(scope));
        return truth with { Lacking = [.. truth.Lacking.Select(r => Needs.Elsewhere(scope, r))] };
    }

    private List<RuleScope>? Windows(RuleScope scope)
    {
        List<RuleScope> scopes = [scope];
        while (scopes.Count < Last.Value)
        {
            if (scope.Agreement.Windows.Previous(scopes[^1].Window) is not { } before)
            {
                return null;
            }

            scopes.Add(scope.At(scope.Section, before));
        }

        return scopes;
    }
}
