using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Standards;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>
/// <c>complianceRate</c>: how many per cent of the days or months whose means all exist have a class of GB 3838-2002 that is at least the target.
/// The quotient is rounded once to 20 decimals.
/// </summary>
internal sealed record ComplianceRateMeasure(string Id, IReadOnlyList<string> Codes, WaterClass Target, ClassRounding Rounding, ValueSpan Span, Place Place) : Measure(Id)
{
    public const string Word = "complianceRate";

    public override string Kind => Word;

    public override IReadOnlyList<string> NeedsAnywhere => Codes;

    public override Place LooksAt => Place;

    public override LocalText Words => new(
        $"the percentage of {Span.Word()} whose class of {Symbols.Of(Codes)} is {Target.Name()} or better{Place.Suffix.En}",
        $"{Place.Suffix.Zh}{Symbols.Of(Codes)}达到{Target.NameZh()}类的{(Span == ValueSpan.Days ? "天数" : "月数")}比例（%）");

    public static ComplianceRateMeasure Read(string id, StrictObject json, AgreementContext context) => new(
        id,
        ClassTarget.ReadParameters(json, context),
        ClassTarget.ReadClass(json, "class"),
        ClassTarget.ReadRounding(json),
        json.Word("of", ["days", "months"]) == "days" ? ValueSpan.Days : ValueSpan.Months,
        Place.Read(json, context));

    public override Finding Of(Findings findings) => Needs.At(Place, findings, Codes, scope =>
    {
        var rule = new ClassificationRule(scope.Section.WaterBody, Rounding, Codes);
        var periods = Periods(scope);
        var met = periods.Where(p => Codes.All(code => rule.ClassOf(code, p.Means[code]) <= Target)).Select(p => p.Label).ToList();
        return periods.Count == 0
            ? Finding.Unknown([new Reason("no-common-period", $"no {Span.Word()} have means of all of {Symbols.Of(Codes)}", $"{Symbols.Of(Codes)}无共同有效时段", [])])
            : Finding.Known(ExactDecimal.Quotient(ExactDecimal.From(met.Count * 100L), ExactDecimal.From(periods.Count)), new JsonObject
            {
                { "of", Span.Word() }, { "class", Target.Name() }, { "periods", periods.Count }, { "met", met.Count },
                { "missed", JsonList.Of(periods.Select(p => p.Label).Except(met, StringComparer.Ordinal), p => p) },
            });
    });

    private List<(string Label, Dictionary<string, ExactDecimal> Means)> Periods(RuleScope scope)
    {
        var means = Codes.ToDictionary(code => code, code => MeansOf(scope, code), StringComparer.Ordinal);
        return [.. means.Values.Select(m => m.Keys.AsEnumerable()).Aggregate((a, b) => a.Intersect(b)).OrderBy(k => k.From)
            .Select(key => (key.Label, Codes.ToDictionary(code => code, code => means[code][key], StringComparer.Ordinal)))];
    }

    private Dictionary<(DateOnly From, string Label), ExactDecimal> MeansOf(RuleScope scope, string code) => Span == ValueSpan.Days
        ? DailyMeans.Of(scope, code).ToDictionary(d => (d.Key, d.Key.Iso()), d => d.Value)
        : scope.Statistics(code).Months.Where(m => m.Counts).ToDictionary(m => (m.Period.From, m.Period.Label), m => m.Mean!.Value);
}
