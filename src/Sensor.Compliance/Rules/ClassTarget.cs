using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Explanations;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Standards;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules;

/// <summary>
/// A target class of GB 3838-2002 for the means of a window: who meets it is paid, who misses it pays, and a better class may pay a bonus.
/// Which limits apply is a setting of the section.
/// </summary>
internal sealed record ClassTarget : MeanRule
{
    /// <summary>The value of <c>rule.kind</c>.</summary>
    public const string Kind = "classTarget";

    private static readonly string[] Classes = ["I", "II", "III", "IV", "V"];

    public required Stated<string> Target { get; init; }

    public required IReadOnlyList<string> Deciding { get; init; }

    public required ClassRounding Rounding { get; init; }

    /// <summary>The tiers from the best class to the target; the first whose class is reached counts.</summary>
    public required IReadOnlyList<ClassTier> Tiers { get; init; }

    public required Tier Otherwise { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Parameters => Deciding;

    internal override Tier Missed => Otherwise;

    internal override IReadOnlyList<LocalText> Words =>
    [
        new($"The class of the means of {Symbols.Of(Deciding)} by GB 3838-2002; the target is {Target.Value}.", $"按GB 3838-2002评价{Symbols.Of(Deciding)}均值的水质类别，目标为{Tiers[^1].Class.NameZh()}类。"),
        .. Tiers.Select(t => new LocalText($"{t.Class.Name()} or better: {t.Tier.Words.En}.", $"达到{t.Class.NameZh()}类：{t.Tier.Words.Zh}。")),
        new($"Worse: {Otherwise.Words.En}.", $"劣于目标：{Otherwise.Words.Zh}。"),
    ];

    internal override IEnumerable<Example> Examples(AgreedSection section) => Explanations.Examples.ByClass(section, Deciding);

    internal override RuleResult Apply(AgreedSection section, IReadOnlyDictionary<string, ExactDecimal> means)
    {
        var rule = Classification(section);
        var classes = Deciding.ToDictionary(p => p, p => rule.ClassOf(p, means[p])!.Value, StringComparer.Ordinal);
        var worst = classes.Values.Max();
        var reached = Tiers.FirstOrDefault(t => worst <= t.Class);
        var tier = reached?.Tier ?? Otherwise;
        return new RuleResult(reached is not null, tier, null, worst.Name(), Compare(worst), new JsonObject
        {
            { "kind", Kind },
            { "standard", "GB 3838-2002" },
            { "waterBody", section.WaterBody == WaterBody.Lake ? "lake" : "river" },
            { "roundInputs", InputRoundings.Words[(int)Rounding] },
            { "terms", JsonList.Of(Deciding, p => Step(rule, p, means[p], classes[p])) },
            { "class", worst.Name() },
            { "decidedBy", JsonList.Of(Deciding.Where(p => classes[p] == worst), p => p) },
            { "target", Target.Value },
            { "tiers", JsonList.Of(Tiers, t => new JsonObject { { "id", t.Tier.Id }, { "class", t.Class.Name() }, { "met", worst <= t.Class } }) },
            { "tier", tier.Id },
        });
    }

    /// <summary>pH has none: its mean is not linear, and its limits are the same for every class.</summary>
    internal override IReadOnlyList<TurningPoint> TurningPoints(RuleScope scope)
    {
        var rule = Classification(scope.Section);
        return [.. Tiers.SelectMany(t => Deciding.Where(p => p != ParameterCatalogue.PH).Select(p => new TurningPoint(
            t.Tier.Id,
            p,
            rule.LimitsOf(p)!.Limit(t.Class),
            !rule.LimitsOf(p)!.IsMinimum,
            new Dictionary<string, ExactDecimal>(StringComparer.Ordinal) { [p] = ExactDecimal.One },
            supposed => supposed.Statistics(p).Mean(supposed.Statistic))))];
    }

    public static ClassTarget Read(StrictObject json, AgreementContext context)
    {
        var target = context.Stated.Word(json, "target", Classes);
        var deciding = ReadParameters(json, context);
        var better = json.Children("better").Select(t => ReadBetter(t, context)).ToList();
        List<ClassTier> tiers = [.. better, new ClassTier(RuleReader.ReadPlainTier(json.Child("met"), context), ClassOf(target.Value))];
        if (tiers.Zip(tiers.Skip(1)).Any(pair => pair.First.Class >= pair.Second.Class))
        {
            json.Problem("better", "is not in order from the best class, each better than the target", "List better classes from I on, all better than the target");
        }

        return new ClassTarget
        {
            Target = target,
            Deciding = deciding,
            Rounding = ReadRounding(json),
            Tiers = tiers,
            Otherwise = RuleReader.ReadPlainTier(json.Child("missed"), context),
        };
    }

    /// <summary>The parameters of a class: agreed, and with limits in every section's kind of water.</summary>
    public static IReadOnlyList<string> ReadParameters(StrictObject json, AgreementContext context)
    {
        var codes = json.Texts("parameters", 1, context.ParameterCodes.Contains, "one of the agreement's parameters: " + string.Join(", ", context.ParameterCodes));
        foreach (var code in codes.Where(c => c.Length > 0 && context.Sections.Any(s => Gb3838.Limits(c, s.WaterBody) is null)))
        {
            json.Problem("parameters", $"names {code}, for which GB 3838-2002 table 1 has no limit in every section's kind of water", "Remove it");
        }

        return [.. codes.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A class, <c>I</c> to <c>V</c>.</summary>
    public static WaterClass ReadClass(StrictObject json, string member) => ClassOf(json.Word(member, Classes));

    /// <summary>The member <c>roundInputs</c>.</summary>
    public static ClassRounding ReadRounding(StrictObject json) =>
        json.Word("roundInputs", InputRoundings.Words) == "none" ? ClassRounding.None : ClassRounding.Assessment;

    private static ClassTier ReadBetter(StrictObject json, AgreementContext context)
    {
        var tier = new ClassTier(RuleReader.ReadTier(json, context), ReadClass(json, "class"));
        json.End();
        return tier;
    }

    private static WaterClass ClassOf(string word) => (WaterClass)(Array.IndexOf(Classes, word) + 1);

    private ClassificationRule Classification(AgreedSection section) => new(section.WaterBody, Rounding, Deciding);

    private JsonObject Step(ClassificationRule rule, string parameter, ExactDecimal mean, WaterClass waterClass) => new()
    {
        { "parameter", parameter },
        { "mean", mean.ToString() },
        { "used", (Rounding == ClassRounding.Assessment ? InputRounding.Assessment : InputRounding.None).Apply(parameter, mean).ToString() },
        { "class", waterClass.Name() },
        { "targetLimit", rule.LimitsOf(parameter)!.Limit(Tiers[^1].Class).ToString() },
    };

    private Reason Compare(WaterClass worst)
    {
        var target = Tiers[^1].Class;
        var facts = new JsonObject { { "class", worst.Name() }, { "target", target.Name() } };
        return worst <= target
            ? new Reason("class-within-target", $"class {worst.Name()} meets the target {target.Name()}", $"水质类别{worst.NameZh()}类达到目标{target.NameZh()}类", facts)
            : new Reason("class-worse-than-target", $"class {worst.Name()} is worse than the target {target.Name()}", $"水质类别{worst.NameZh()}类劣于目标{target.NameZh()}类", facts);
    }
}

/// <summary>A tier that is reached when the class of the window is a given one or better.</summary>
internal sealed record ClassTier(Tier Tier, WaterClass Class);
