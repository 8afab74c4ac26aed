using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary><c>extreme</c>: the greatest or least of a parameter's values, daily means or monthly means in the window.</summary>
internal sealed record ExtremeMeasure(string Id, string Parameter, bool Greatest, ValueSpan Span, Place Place) : Measure(Id)
{
    public const string Word = "extreme";

    public override string Kind => Word;

    public override IReadOnlyList<string> NeedsAnywhere => [Parameter];

    public override Place LooksAt => Place;

    public override LocalText Words => new(
        $"the {(Greatest ? "greatest" : "least")} of the {Span.Word()} of {Symbols.Of(Parameter)}{Place.Suffix.En}",
        $"{Place.Suffix.Zh}{Symbols.Of(Parameter)}{Span.Zh()}的{(Greatest ? "最大" : "最小")}值");

    public static ExtremeMeasure Read(string id, StrictObject json, AgreementContext context) => new(
        id, RuleReader.ReadParameter(json, context), json.Word("take", ["greatest", "least"]) == "greatest", ValueSpans.Read(json), Place.Read(json, context));

    public override Finding Of(Findings findings) => Needs.At(Place, findings, [Parameter], scope =>
    {
        var values = Span.In(scope, Parameter);
        return Finding.Known(Greatest ? values.Max() : values.Min(), new JsonObject { { "parameter", Parameter }, { "of", Span.Word() }, { "count", values.Count } });
    });
}
