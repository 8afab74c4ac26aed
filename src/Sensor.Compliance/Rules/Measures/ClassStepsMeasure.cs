using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Standards;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>
/// <c>classSteps</c>: by how many classes of GB 3838-2002 the days or months whose means all exist are better (or worse) than a class, added up: twelve months of
/// class II against III are 12. Better and worse months do not cancel out.
/// </summary>
internal sealed record ClassStepsMeasure(string Id, IReadOnlyList<string> Codes, WaterClass Target, bool Better, ClassRounding Rounding, ValueSpan Span, Place Place) : Measure(Id)
{
    public const string Word = "classSteps";

    public override string Kind => Word;

    public override IReadOnlyList<string> Parameters => Place.IsHere ? Codes : [];

    public override LocalText Words => new(
        $"the classes by which {Span.Word()} are {(Better ? "better" : "worse")} than {Target.Name()} in {Symbols.Of(Codes)}, added up{Place.Suffix.En}",
        $"{Place.Suffix.Zh}{Symbols.Of(Codes)}逐{(Span == ValueSpan.Days ? "日" : "月")}{(Better ? "优于" : "劣于")}{Target.NameZh()}类的类别数之和");

    public static ClassStepsMeasure Read(string id, StrictObject json, AgreementContext context) => new(
        id,
        ClassTarget.ReadParameters(json, context),
        ClassTarget.ReadClass(json, "class"),
        json.Word("take", ["better", "worse"]) == "better",
        ClassTarget.ReadRounding(json),
        json.Word("of", ["days", "months"]) == "days" ? ValueSpan.Days : ValueSpan.Months,
        Place.Read(json, context));

    public override Finding Of(Findings findings) => Needs.At(Place, findings, Codes, scope =>
    {
        var rule = new ClassificationRule(scope.Section.WaterBody, Rounding, Codes);
        var classes = PeriodMeans.Of(scope, Codes, Span).Select(p => (p.Label, Class: Codes.Max(code => rule.ClassOf(code, p.Means[code])!.Value)));
        var steps = classes.Select(c => (c.Label, c.Class, Steps: StepsOf(c.Class))).ToList();
        return steps.Count == 0
            ? Finding.Unknown([PeriodMeans.Nothing(Codes, Span)])
            : Finding.Known(ExactDecimal.From(steps.Sum(s => s.Steps)), new JsonObject
            {
                { "of", Span.Word() }, { "class", Target.Name() }, { "take", Better ? "better" : "worse" }, { "periods", steps.Count },
                { "counted", JsonList.Of(steps.Where(s => s.Steps > 0), s => new JsonObject { { "period", s.Label }, { "class", s.Class.Name() }, { "steps", s.Steps } }) },
            });
    });

    private int StepsOf(WaterClass found) => int.Max(0, Better ? Target - found : found - Target);
}
