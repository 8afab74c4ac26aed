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

    public override IReadOnlyList<string> Parameters => Place.IsHere ? Codes : [];

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
        var periods = PeriodMeans.Of(scope, Codes, Span);
        var met = periods.Where(p => Codes.All(code => rule.ClassOf(code, p.Means[code]) <= Target)).Select(p => p.Label).ToList();
        return periods.Count == 0
            ? Finding.Unknown([PeriodMeans.Nothing(Codes, Span)])
            : Finding.Known(ExactDecimal.Quotient(ExactDecimal.From(met.Count * 100L), ExactDecimal.From(periods.Count)), new JsonObject
            {
                { "of", Span.Word() }, { "class", Target.Name() }, { "periods", periods.Count }, { "met", met.Count },
                { "missed", JsonList.Of(periods.Select(p => p.Label).Except(met, StringComparer.Ordinal), p => p) },
            });
    });
}
