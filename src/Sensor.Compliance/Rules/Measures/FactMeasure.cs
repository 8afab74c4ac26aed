using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>
/// <c>fact</c>: a number that an authority states about the window in a document (see <see cref="StatedFact"/>). Of several that cover the window, the one with the
/// shortest span counts; two of equal span that differ, or none, leave it unknown.
/// </summary>
internal sealed record FactMeasure(string Id, string Name, string Unit, bool WholeAgreement) : Measure(Id)
{
    public const string Word = "fact";

    public override string Kind => Word;

    public override LocalText Words => new($"{Name} ({Unit}) as stated by a document", $"文件载明的{Name}（{Unit}）");

    public static FactMeasure Read(string id, StrictObject json) => new(
        id,
        json.Text("name", Names.IsLowerId, "a name of lower-case letters, digits and -"),
        json.Text("unit", expected: "the unit"),
        json.Word("about", ["section", "agreement"], "section") == "agreement");

    public override Finding Of(Findings findings)
    {
        var facts = findings.Scope.Facts(Name, Unit).Where(f => !WholeAgreement || f.Section is null).ToList();
        var shortest = facts.Count == 0 ? [] : facts.Where(f => Span(f) == facts.Min(Span)).ToList();
        return shortest switch
        {
            [] => Lacking(findings, "no document states it", "无文件载明"),
            [var first, ..] when shortest.Any(f => f.Unit != Unit) => Lacking(findings, $"it is stated in {first.Unit}, not in {Unit}", $"载明单位为{first.Unit}，应为{Unit}"),
            [var first, ..] when shortest.All(f => f.Value == first.Value) => Finding.Known(first.Value, new JsonObject
            {
                { "facts", JsonList.Of(shortest.OrderBy(f => f.Id, StringComparer.Ordinal), f => new JsonObject { { "id", f.Id }, { "document", f.Document }, { "statedBy", JsonList.Of(f.StatedBy, s => s) } }) },
            }),
            _ => Lacking(findings, "documents of equal span state different numbers", "同一时段文件载明数值不一致"),
        };
    }

    private static long Span(StatedFact fact) => fact.To.UnixMilliseconds - fact.From.UnixMilliseconds;

    private Finding Lacking(Findings findings, string en, string zh) => Finding.Unknown([new Reason(
        "fact-missing",
        $"{Name} of {findings.Scope.Section.Section} in {findings.Scope.Window.Label} is not known: {en}",
        $"{findings.Scope.Section.Section}断面{findings.Scope.Window.Label}的{Name}未知：{zh}",
        new JsonObject { { "fact", Name }, { "unit", Unit } })]);
}
