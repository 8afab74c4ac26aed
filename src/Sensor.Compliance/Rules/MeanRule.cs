using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;

namespace Sensor.Compliance.Rules;

/// <summary>A rule that looks at nothing but the deciding mean of each of its parameters.</summary>
internal abstract record MeanRule : Rule
{
    /// <inheritdoc/>
    public override bool LooksElsewhere => false;

    /// <summary>Decides.</summary>
    /// <param name="section">The section.</param>
    /// <param name="means">The deciding mean of every parameter of <see cref="Rule.Parameters"/>.</param>
    internal abstract RuleResult Apply(AgreedSection section, IReadOnlyDictionary<string, ExactDecimal> means);

    /// <summary>Completeness first, then the rule.</summary>
    internal override Ruling Decide(RuleScope scope)
    {
        var means = scope.Means(Parameters);
        var found = means.Count == Parameters.Count ? Apply(scope.Section, means) : null;
        var lacking = CompletenessReasons.Of(scope, Parameters);
        return lacking.Count > 0 || found is null
            ? new Ruling(OutcomeResult.Indeterminate, lacking, found, [])
            : new Ruling(found.Met ? OutcomeResult.Pass : OutcomeResult.Fail, [found.Reason], found, found.Tier!.Dues);
    }
}
