using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Rules.Conditions;
using Sensor.Compliance.Rules.Measures;
using Sensor.Compliance.Rules.Schedules;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Clauses;

/// <summary>One sentence of an agreement that says who pays whom how much in which case.</summary>
/// <param name="Id">Its id in the agreement.</param>
/// <param name="When">The case; null for always.</param>
/// <param name="Payer">The id of a party, or a role of the section: <c>upstream</c>, <c>downstream</c>.</param>
/// <param name="Payee">The same.</param>
/// <param name="Amount">How much.</param>
/// <param name="IsBonus">Whether it rewards more than the target.</param>
internal sealed record Clause(string Id, Condition? When, string Payer, string Payee, Schedule Amount, bool IsBonus)
{
    private static readonly string[] Roles = ["upstream", "downstream"];

    /// <summary>The measures it rests on.</summary>
    public IEnumerable<string> Uses => (When?.Uses ?? []).Concat(Amount.Uses);

    /// <summary>The sentence.</summary>
    public LocalText Words(string currency) => new(
        $"{Id}: {(When is null ? "always" : "if " + When.Words.En)}, {Payer} pays {Payee}{(IsBonus ? " as a bonus" : "")}: {Amount.Words.En} ({currency}).",
        $"{Id}：{(When is null ? "始终" : "当" + When.Words.Zh + "时")}，{Payer}向{Payee}支付{(IsBonus ? "奖励" : "")}：{Amount.Words.Zh}（{currency}）。");

    public static Clause Read(StrictObject json, AgreementContext context)
    {
        var id = json.Text("id", AgreementContext.IsMeasureId, "an id of letters, digits and -, beginning with a letter");
        var when = json.OptionalChild("when") is { } condition ? ConditionReader.Read(condition, context) : null;
        var (payer, payee) = (ReadParty(json, "payer", context), ReadParty(json, "payee", context));
        if (payer.Length > 0 && payer == payee)
        {
            json.Problem("payee", "is the payer", "Name the other party");
        }

        var clause = new Clause(id, when, payer, payee, ScheduleReader.Read(json.Child("amount"), context), json.Truth("bonus", false));
        json.End();
        return clause;
    }

    /// <summary>Whether it applies, and what is due then.</summary>
    /// <param name="findings">The measures of the window.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="decimals">Decimals to which what is due is rounded half-even; null where it is not rounded.</param>
    public ClauseFinding Of(Findings findings, string currency, int? decimals)
    {
        var truth = When?.Of(findings) ?? new Truth(true, []);
        if (truth.Holds != true)
        {
            return new ClauseFinding(this, truth.Holds, null, null, truth.Lacking);
        }

        var amount = Amount.Of(findings);
        var due = (decimals is null ? amount.Value : amount.Value?.RoundHalfEven(decimals.Value)) is { Sign: > 0 } money
            ? new Due(Id, PartyOf(findings, Payer), PartyOf(findings, Payee), money, IsBonus ? money : null, currency)
            : null;
        return new ClauseFinding(this, amount.Value is null ? null : true, amount, due, amount.Lacking);
    }

    private static string PartyOf(Findings findings, string party) =>
        Roles.Contains(party) ? findings.Scope.Section.Parties[party] : party;

    private static string ReadParty(StrictObject json, string member, AgreementContext context)
    {
        var party = json.Text(
            member, t => Roles.Contains(t) || context.PartyIds.Contains(t), "upstream or downstream of the section, or one of the parties: " + string.Join(", ", context.PartyIds));
        foreach (var section in context.Sections.Where(s => Roles.Contains(party) && !s.Parties.ContainsKey(party)))
        {
            json.Problem(member, $"is {party}, but section {section.Section} does not say who that is", "Give sections[].parties, or name the party");
        }

        return party;
    }
}

/// <summary>What a clause came to in a window.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Applies">True, false, or null where that or its amount cannot be told.</param>
/// <param name="Amount">The amount and its steps, where it applies.</param>
/// <param name="Due">What is due; null where it does not apply or comes to 0.</param>
/// <param name="Lacking">Why something cannot be told.</param>
internal sealed record ClauseFinding(Clause Clause, bool? Applies, Finding? Amount, Due? Due, IReadOnlyList<Reason> Lacking)
{
    public JsonObject ToJson(Findings findings) => new()
    {
        { "id", Clause.Id },
        { "when", Clause.When?.ToJson(findings) },
        { "applies", Applies is { } known ? known : JsonNull.Instance },
        { "bonus", Clause.IsBonus },
        { "schedule", Amount?.Steps },
        { "payer", Due?.Payer },
        { "payee", Due?.Payee },
        { "amount", Amount?.Value?.ToString() },
    };
}
