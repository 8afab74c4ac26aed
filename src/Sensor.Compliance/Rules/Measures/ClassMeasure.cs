using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Standards;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary><c>class</c>: the class of GB 3838-2002 of the means, as a number: 1 for I to 5 for V, 6 for worse than V.</summary>
internal sealed record ClassMeasure(string Id, IReadOnlyList<string> Codes, ClassRounding Rounding, Place Place) : Measure(Id)
{
    public const string Word = "class";

    public override string Kind => Word;

    public override IReadOnlyList<string> NeedsAnywhere => Codes;

    public override Place LooksAt => Place;

    public override LocalText Words => new($"the class of {Symbols.Of(Codes)}{Place.Suffix.En}", $"{Place.Suffix.Zh}{Symbols.Of(Codes)}水质类别");

    public static ClassMeasure Read(string id, StrictObject json, AgreementContext context) =>
        new(id, ClassTarget.ReadParameters(json, context), ClassTarget.ReadRounding(json), Place.Read(json, context));

    public override Finding Of(Findings findings) => Needs.At(Place, findings, Codes, scope =>
    {
        var rule = new ClassificationRule(scope.Section.WaterBody, Rounding, Codes);
        var means = scope.Means(Codes);
        var classes = Codes.Select(p => (Parameter: p, Class: rule.ClassOf(p, means[p])!.Value)).ToList();
        var worst = classes.Max(c => c.Class);
        return Finding.Known(ExactDecimal.From((int)worst), new JsonObject
        {
            { "class", worst.Name() },
            { "decidedBy", JsonList.Of(classes.Where(c => c.Class == worst), c => c.Parameter) },
            { "terms", JsonList.Of(classes, c => new JsonObject { { "parameter", c.Parameter }, { "mean", means[c.Parameter].ToString() }, { "class", c.Class.Name() } }) },
        });
    });
}
