using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Explanations;
using Sensor.Compliance.Outcomes;

namespace Sensor.Compliance.Rules;

/// <summary>
/// The index of the Xin'anjiang family, P = k0 × Σ k × C ÷ C0: C the mean of the window, C0 the baseline, k the weight of a parameter,
/// k0 the allowance for natural variation. The smaller the better; a limit is met when P is not above it.
/// </summary>
internal sealed partial record WeightedIndex : MeanRule
{
    /// <summary>The value of <c>rule.kind</c>.</summary>
    public const string Kind = "weightedIndex";

    public required Stated<ExactDecimal> K0 { get; init; }

    public required IReadOnlyList<WeightedTerm> Terms { get; init; }

    public required InputRounding RoundInputs { get; init; }

    /// <summary>Decimals of the rounded index; null where only the raw one exists.</summary>
    public required int? RoundIndexTo { get; init; }

    public required bool CompareRounded { get; init; }

    /// <summary>The tiers in rising order of their limits; the first whose limit is not exceeded is reached.</summary>
    public required IReadOnlyList<IndexTier> Tiers { get; init; }

    internal override Tier Missed => Otherwise;

    public required Tier Otherwise { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Parameters => [.. Terms.Select(t => t.Parameter)];

    internal override IReadOnlyList<LocalText> Words
    {
        get
        {
            var sum = string.Join(" + ", Terms.Select(t => $"{t.Weight.Value} × {Symbols.Of(t.Parameter)} ÷ {t.Baseline.Value}"));
            return
            [
                new($"P = {K0.Value} × ({sum}), concentrations in mg/L.", $"P = {K0.Value} ×（{sum}），浓度单位mg/L。"),
                .. Tiers.Select(t => new LocalText($"P at most {t.AtMost.Value}: {t.Tier.Words.En}.", $"P不高于{t.AtMost.Value}：{t.Tier.Words.Zh}。")),
                new($"Otherwise: {Otherwise.Words.En}.", $"否则：{Otherwise.Words.Zh}。"),
            ];
        }
    }

    /// <summary>Just within and just above each limit, every mean at the same multiple of its baseline.</summary>
    internal override IEnumerable<Example> Examples(AgreedSection section)
    {
        var step = new ExactDecimal(1, 4);
        var perUnit = K0.Value * ExactDecimal.Sum(Terms.Select(t => t.Weight.Value));
        foreach (var limit in Tiers.Select(t => t.AtMost.Value))
        {
            var most = ExactDecimal.Quotient(limit, perUnit);
            var within = new ExactDecimal((most * ExactDecimal.From(10_000)).Ceiling(), 4);
            within = within > most ? within - step : within;
            yield return At(within);
            yield return At(within + step);
        }
    }

    internal override RuleResult Apply(AgreedSection section, IReadOnlyDictionary<string, ExactDecimal> means)
    {
        var steps = Terms.Select(t => WeightedStep.Of(t, means[t.Parameter], RoundInputs)).ToList();
        var sum = ExactDecimal.Sum(steps.Select(s => s.Weighted));
        var raw = K0.Value * sum;
        ExactDecimal? rounded = RoundIndexTo is { } decimals ? raw.RoundHalfEven(decimals) : null;
        var compared = CompareRounded ? rounded!.Value : raw;
        var reached = Tiers.FirstOrDefault(t => compared <= t.AtMost.Value);
        var tier = reached?.Tier ?? Otherwise;
        return new RuleResult(reached is not null, tier, compared, null, Compare(compared, reached), new JsonObject
        {
            { "kind", Kind },
            { "roundInputs", RoundInputs.Word() },
            { "terms", JsonList.Of(steps, s => s.ToJson()) },
            { "weightedSum", sum.ToString() },
            { "k0", K0.Value.ToString() },
            { "index", raw.ToString() },
            { "roundIndexTo", RoundIndexTo },
            { "roundedIndex", rounded?.ToString() },
            { "compareOn", CompareRounded ? "rounded" : "raw" },
            { "compared", compared.ToString() },
            { "tiers", JsonList.Of(Tiers, t => new JsonObject { { "id", t.Tier.Id }, { "atMost", t.AtMost.Value.ToString() }, { "met", compared <= t.AtMost.Value } }) },
            { "tier", tier.Id },
        });
    }

    internal override IReadOnlyList<TurningPoint> TurningPoints(RuleScope scope)
    {
        var baselines = Terms.ToDictionary(t => t.Parameter, t => t.Baseline.Value, StringComparer.Ordinal);
        return [.. Tiers.Select(t => new TurningPoint(t.Tier.Id, null, t.AtMost.Value, LowerIsBetter: true, baselines, RawIndex))];
    }

    private Example At(ExactDecimal multiple)
    {
        var means = Terms.ToDictionary(t => t.Parameter, t => t.Baseline.Value * multiple, StringComparer.Ordinal);
        return new Example(new($"every mean at {multiple} of its baseline", $"各指标均值为基准的{multiple}倍"), means, means);
    }

    private Reason Compare(ExactDecimal index, IndexTier? reached)
    {
        var limit = (reached ?? Tiers[^1]).AtMost.Value;
        var facts = new JsonObject { { "index", index.ToString() }, { "limit", limit.ToString() } };
        return reached is not null
            ? new Reason("index-within-limit", $"P {index} is not above {limit}", $"P值{index}不高于{limit}", facts)
            : new Reason("index-above-limit", $"P {index} is above {limit}", $"P值{index}高于{limit}", facts);
    }

    private ExactDecimal? RawIndex(RuleScope scope)
    {
        var means = scope.Means(Parameters);
        return means.Count < Terms.Count
            ? null
            : K0.Value * ExactDecimal.Sum(Terms.Select(t => WeightedStep.Of(t, means[t.Parameter], InputRounding.None).Weighted));
    }
}

/// <summary>A parameter's part in the index.</summary>
internal sealed record WeightedTerm(string Parameter, Stated<ExactDecimal> Weight, Stated<ExactDecimal> Baseline);

/// <summary>A tier that is reached when the index is not above a limit.</summary>
internal sealed record IndexTier(Tier Tier, Stated<ExactDecimal> AtMost);
