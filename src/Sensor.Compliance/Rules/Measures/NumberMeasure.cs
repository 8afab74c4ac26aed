using Sensor.Compliance.Agreements;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary><c>number</c>: a number that the agreement states: one for all windows, or one for each calendar year in which a window begins.</summary>
internal sealed record NumberMeasure(string Id, StatedByYear Number) : Measure(Id)
{
    public const string Word = "number";

    public override string Kind => Word;

    public override LocalText Words => Number.Words;

    public static NumberMeasure Read(string id, StrictObject json, AgreementContext context) => new(id, StatedByYear.Read(json, context));

    public override Finding Of(Findings findings) => Finding.Known(Number.For(findings.Scope.Window), []);
}
