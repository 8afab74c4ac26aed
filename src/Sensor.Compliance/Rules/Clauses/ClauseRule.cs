using Sensor.Compliance.Agreements;
using Sensor.Compliance.Explanations;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Rules.Conditions;
using Sensor.Compliance.Rules.Measures;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Clauses;

/// <summary>
/// An agreement in clauses: named measures, a target that is met or missed, and clauses that each say who pays whom how much in which case. All clauses that
/// apply add up. It is how agreements are written that neither an index nor a single target class decides.
/// </summary>
internal sealed record ClauseRule : Rule
{
    /// <summary>The value of <c>rule.kind</c>.</summary>
    public const string Word = "clauses";

    private readonly Dictionary<string, Measure> _measures;

    private ClauseRule(IReadOnlyList<Measure> measures, Condition target, IReadOnlyList<Clause> clauses, Tier missed, string currency, Stated<int>? moneyDecimals)
    {
        (Measures, Target, Clauses, Missed, Currency, MoneyDecimals) = (measures, target, clauses, missed, currency, moneyDecimals);
        _measures = measures.ToDictionary(m => m.Id, StringComparer.Ordinal);
    }

    public IReadOnlyList<Measure> Measures { get; }

    public Condition Target { get; }

    public IReadOnlyList<Clause> Clauses { get; }

    public string Currency { get; }

    /// <summary>Decimals to which the amount of each clause is rounded half-even; null where amounts stay exact.</summary>
    public Stated<int>? MoneyDecimals { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Parameters => [.. Measures.SelectMany(m => m.Parameters).Distinct(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public override bool LooksElsewhere => Measures.Any(m => m is WindowsMetMeasure || m.LooksAt is { IsHere: false });

    internal override Tier Missed { get; }

    public static ClauseRule Read(StrictObject json, AgreementContext context)
    {
        var measures = MeasureReader.Read(json, context);
        var target = ConditionReader.Read(json.Child("target"), context);
        var clauses = json.Children("clauses").Select(c => Clause.Read(c, context)).ToList();
        foreach (var (name, times) in Repeats.In(clauses.Select(c => c.Id)))
        {
            json.Problem("clauses", $"has the id {name} {times} times", "Give each clause its own id");
        }

        foreach (var measure in Unused(measures, target, clauses))
        {
            json.Problem("measures", $"has {measure}, which nothing uses", "Remove it, or use it in target or clauses");
        }

        var accident = json.OptionalChild("accident") is { } tier ? RuleReader.ReadPlainTier(tier, context) : new Tier("accident", null);
        var moneyDecimals = json.Has("roundMoneyTo") ? context.Stated.Whole(json, "roundMoneyTo", 0, 20) : null;
        return new ClauseRule([.. measures.DistinctBy(m => m.Id)], target, clauses, accident, context.Currency, moneyDecimals);
    }

    internal override IReadOnlyList<LocalText> Words =>
    [
        .. Measures.Select(m => new LocalText($"{m.Id} = {m.Words.En}", $"{m.Id} = {m.Words.Zh}")),
        new($"The target: {Target.Words.En}.", $"目标：{Target.Words.Zh}。"),
        .. Clauses.Select(c => c.Words(Currency)),
        .. MoneyDecimals is null ? (IEnumerable<LocalText>)[] : [new($"The amount of each clause is rounded to {MoneyDecimals.Value} decimals.", $"各条款金额修约至{MoneyDecimals.Value}位小数。")],
    ];

    internal override IEnumerable<Example> Examples(AgreedSection section) =>
        Explanations.Examples.ByMultiple(section, [.. Measures.SelectMany(m => m.NeedsAnywhere).Distinct(StringComparer.Ordinal)]);

    internal override Ruling Decide(RuleScope scope)
    {
        var findings = new Findings(scope, _measures);
        var target = Target.Of(findings);
        var clauses = Clauses.Select(c => c.Of(findings, Currency, MoneyDecimals?.Value)).ToList();
        var lacking = Reasons.Distinct([.. target.Lacking, .. clauses.SelectMany(c => c.Lacking)]);
        var first = clauses.FirstOrDefault(c => c.Applies == true);
        var found = new RuleResult(target.Holds == true, first is null ? null : new Tier(first.Clause.Id, null), null, null, TargetReason(findings, target), Steps(findings, target, clauses));
        return lacking.Count > 0 || target.Holds is null
            ? new Ruling(OutcomeResult.Indeterminate, lacking, found, [])
            : new Ruling(found.Met ? OutcomeResult.Pass : OutcomeResult.Fail, [found.Reason], found, [.. clauses.Where(c => c.Due is not null).Select(c => c.Due!)]);
    }

    /// <summary>One for each comparison of the target and the clauses with something that the window does not change.</summary>
    internal override IReadOnlyList<TurningPoint> TurningPoints(RuleScope scope)
    {
        var findings = new Findings(scope, _measures);
        var named = Target.Comparisons.Select(c => (Id: "target", Comparison: c))
            .Concat(Clauses.SelectMany(c => (c.When?.Comparisons ?? []).Select(comparison => (c.Id, Comparison: comparison))));
        return [.. named.DistinctBy(n => (n.Id, n.Comparison)).Select(n => TurningPointOf(n.Id, n.Comparison, findings)).OfType<TurningPoint>()];
    }

    private static TurningPoint? TurningPointOf(string id, Comparison comparison, Findings findings) =>
        QuotientMeasure.DependsOnWindow(findings, comparison.Right) || !QuotientMeasure.DependsOnWindow(findings, comparison.Left)
            || findings[comparison.Right].Value is not { } limit
            ? null
            : new TurningPoint(
                id,
                null,
                limit,
                comparison.Word is "atMost" or "below",
                findings.Measure(comparison.Left).LinearIn(findings),
                supposed => findings.At(supposed)[comparison.Left].Value,
                comparison.Left);

    private static IEnumerable<string> Unused(IReadOnlyList<Measure> measures, Condition target, IReadOnlyList<Clause> clauses)
    {
        var used = target.Uses.Concat(clauses.SelectMany(c => c.Uses)).Concat(measures.SelectMany(m => m.Uses)).ToHashSet(StringComparer.Ordinal);
        return measures.Select(m => m.Id).Where(id => id.Length > 0 && !used.Contains(id));
    }

    private Reason TargetReason(Findings findings, Truth target)
    {
        var values = Target.Uses.Where(id => findings[id].Value is not null).Select(id => $"{id} = {findings[id].Value!.Value.RoundHalfEven(6)}").ToList();
        var facts = new JsonObject();
        foreach (var id in Target.Uses)
        {
            facts.Add(id, findings[id].Value?.ToString());
        }

        var (en, zh) = ($"{Target.Words.En} ({string.Join(", ", values)})", $"{Target.Words.Zh}（{string.Join("，", values)}）");
        return target.Holds == true
            ? new Reason("target-met", $"the target is met: {en}", $"达到目标：{zh}", new JsonObject { { "measures", facts } })
            : new Reason("target-missed", $"the target is missed: {en}", $"未达到目标：{zh}", new JsonObject { { "measures", facts } });
    }

    private JsonObject Steps(Findings findings, Truth target, List<ClauseFinding> clauses) => new()
    {
        { "kind", Word },
        { "measures", JsonList.Of(Measures, m => new JsonObject
            {
                { "id", m.Id }, { "kind", m.Kind }, { "value", findings[m.Id].Value?.ToString() }, { "steps", findings[m.Id].Steps },
            })
        },
        { "target", Target.ToJson(findings) },
        { "met", target.Holds is { } known ? known : JsonNull.Instance },
        { "clauses", JsonList.Of(clauses, c => c.ToJson(findings)) },
    };
}
