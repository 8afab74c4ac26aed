using Sensor.Compliance.Agreements;
using Sensor.Compliance.Rules.Clauses;

namespace Sensor.Compliance.Outcomes;

/// <summary>Writes the members of an outcome; docs/outcome.schema.json describes them.</summary>
internal static class OutcomeJson
{
    /// <summary>The value of the member <c>schema</c>.</summary>
    public const string Schema = "waterwatch/outcome/1";

    public static JsonObject Of(WindowEvidence evidence, AssessmentInput input, OutcomeState state, Decision decided, Verdict measured)
    {
        var agreement = evidence.Agreement;
        return new JsonObject
        {
            { "schema", Schema },
            { "agreement", new JsonObject
                {
                    { "id", agreement.Id }, { "version", agreement.Version }, { "digest", agreement.Digest.ToString() }, { "title", agreement.Title.ToJson() },
                }
            },
            { "section", evidence.Section.Section },
            { "window", WindowMembers(evidence.Window) },
            { "state", state.Word() },
            { "standing", state == OutcomeState.Open },
            { "result", decided.Result.Word() },
            { "reasons", JsonList.Of(decided.Reasons, r => r.ToJson()) },
            { "tier", decided.Tier },
            { "bonus", decided.Pays is { Bonus: { } bonus, Currency: var currency } ? Verdict.Money(bonus, currency) : null },
            { "payer", decided.Pays?.Payer },
            { "payee", decided.Pays?.Payee },
            { "amount", decided.Pays is { } pays ? Verdict.Money(pays.Amount, pays.Currency) : null },
            { "margin", Margin.Of(evidence, measured) },
            { "illustrative", agreement.Illustrative },
            { "illustrativeBecause", agreement.IllustrativeBecause?.ToJson() },
            { "cut", input.Cut.ToJson(
                agreement.Digest, input.Determinations?.Digest, input.AsOf is { } asOf ? agreement.Offset.Format(asOf) : null, Repeats(evidence))
            },
            { "trace", Trace.Of(evidence, measured) },
        }.With("payments", agreement.Rule is ClauseRule ? JsonList.Of(decided.Dues, Payment) : null);
    }

    /// <summary>Clauses add up, and more than two parties may be concerned: what each one says stands by itself.</summary>
    private static JsonObject Payment(Due due) => new()
    {
        { "clause", due.Clause }, { "payer", due.Payer }, { "payee", due.Payee }, { "amount", Verdict.Money(due.Amount, due.Currency) }, { "bonus", due.Bonus is not null },
    };

    private static long Repeats(WindowEvidence evidence) =>
        evidence.Current.Where(c => evidence.Agreement.Parameters.Any(p => p.Code == c.Standing.Parameter)).Sum(c => c.Repeats);

    private static JsonObject WindowMembers(Window window) => new()
    {
        { "from", window.Offset.Format(window.Start) },
        { "to", window.Offset.Format(window.End) },
        { "label", window.Label },
        { "offset", window.Offset.ToString() },
    };
}
