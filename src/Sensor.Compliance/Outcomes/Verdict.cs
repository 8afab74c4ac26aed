using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Rules;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>What measurements alone come to.</summary>
/// <param name="Result">Pass, fail or indeterminate.</param>
/// <param name="Reasons">Why, at least one.</param>
/// <param name="Rule">What the rule found, where everything it needs exists; it decides only when the result is not indeterminate.</param>
/// <param name="Dues">Who owes whom; empty where nobody pays.</param>
/// <param name="Statistics">The means behind it, by factor code.</param>
internal sealed record Verdict(
    OutcomeResult Result, IReadOnlyList<Reason> Reasons, RuleResult? Rule, IReadOnlyList<Due> Dues, IReadOnlyDictionary<string, ParameterStatistics> Statistics)
{
    /// <summary>The tier reached; null where nothing was decided.</summary>
    public string? Tier => Result == OutcomeResult.Indeterminate ? null : Rule?.Tier?.Id;

    /// <summary>What remains to be paid; null where nobody pays, or more than two parties do.</summary>
    public Due? Pays => Due.Net(Dues);

    /// <summary>Decides.</summary>
    public static Verdict Of(RuleScope scope)
    {
        var ruling = scope.Agreement.Rule.Decide(scope);
        var statistics = scope.Agreement.Parameters.ToDictionary(p => p.Code, p => scope.Statistics(p.Code), StringComparer.Ordinal);
        return new Verdict(ruling.Result, ruling.Reasons, ruling.Found, ruling.Dues, statistics);
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
        { "amount", Pays is { } pays ? Money(pays.Amount, pays.Currency) : null },
    };

    /// <summary>An amount of money as the outcome document writes it.</summary>
    public static JsonObject Money(ExactDecimal value, string currency) => new() { { "value", value.ToString() }, { "currency", currency } };
}
