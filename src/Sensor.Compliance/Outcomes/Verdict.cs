using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Rules;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>What measurements alone come to: completeness first, then the rule.</summary>
/// <param name="Result">Pass, fail or indeterminate.</param>
/// <param name="Reasons">Why, at least one.</param>
/// <param name="Rule">What the rule found, where every deciding mean exists; it decides only when the result is not indeterminate.</param>
/// <param name="Pays">Who pays whom; null where nobody pays.</param>
/// <param name="Statistics">The means behind it, by factor code.</param>
internal sealed record Verdict(
    OutcomeResult Result, IReadOnlyList<Reason> Reasons, RuleResult? Rule, Payment? Pays, IReadOnlyDictionary<string, ParameterStatistics> Statistics)
{
    /// <summary>The tier reached; null where nothing was decided.</summary>
    public string? Tier => Result == OutcomeResult.Indeterminate ? null : Rule?.Tier.Id;

    /// <summary>Decides.</summary>
    public static Verdict Of(
        Agreement agreement,
        AgreedSection section,
        IReadOnlyDictionary<string, ParameterStatistics> statistics,
        DecidingStatistic statistic,
        Completeness minimum)
    {
        var means = agreement.Rule.Parameters
            .Where(p => statistics[p].Mean(statistic) is not null)
            .ToDictionary(p => p, p => statistics[p].Mean(statistic)!.Value, StringComparer.Ordinal);
        var rule = means.Count == agreement.Rule.Parameters.Count ? agreement.Rule.Apply(section, means) : null;
        var lacking = CompletenessReasons.Of(agreement, statistics, minimum);
        return lacking.Count > 0 || rule is null
            ? new Verdict(OutcomeResult.Indeterminate, lacking, rule, null, statistics)
            : new Verdict(rule.Met ? OutcomeResult.Pass : OutcomeResult.Fail, [rule.Reason], rule, rule.Tier.Pays, statistics);
    }

    /// <summary>The verdict in few members, for alternatives and margins.</summary>
    public JsonObject ToSummary() => new()
    {
        { "result", Result.Word() },
        { "reasons", JsonList.Of(Reasons, r => r.Code) },
        { "tier", Tier },
        { "index", Rule?.Index?.ToString() },
        { "class", Rule?.WaterClass },
        { "payer", Pays?.Payer },
        { "payee", Pays?.Payee },
        { "amount", Pays is null ? null : Money(Pays.Amount.Value, Pays.Currency) },
    };

    /// <summary>An amount of money as the outcome document writes it.</summary>
    public static JsonObject Money(ExactDecimal value, string currency) => new() { { "value", value.ToString() }, { "currency", currency } };
}
