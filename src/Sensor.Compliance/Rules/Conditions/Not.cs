using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Rules.Measures;

namespace Sensor.Compliance.Rules.Conditions;

/// <summary><c>{"not": ...}</c>: holds when the other does not. What cannot be told stays so.</summary>
internal sealed record Not(Condition Other) : Condition
{
    public override IReadOnlyList<string> Uses => Other.Uses;

    public override IEnumerable<Comparison> Comparisons => Other.Comparisons;

    public override LocalText Words => new($"it is not so that {Other.Words.En}", $"并非{Other.Words.Zh}");

    public override Truth Of(Findings findings)
    {
        var truth = Other.Of(findings);
        return truth with { Holds = !truth.Holds };
    }

    public override JsonObject ToJson(Findings findings) => new() { { "is", "not" }, { "of", Other.ToJson(findings) }, { "holds", Item(Of(findings).Holds) } };
}
