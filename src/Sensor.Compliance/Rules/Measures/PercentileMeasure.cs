using System.Numerics;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>
/// <c>percentile</c>: of n values in rising order, the one of rank ⌈p × n ÷ 100⌉ (<c>nearestRank</c>), or the straight line between the two
/// around 1 + p × (n − 1) ÷ 100 (<c>linear</c>; type 7 of Hyndman and Fan 1996). Which one an agreement means, it has to say.
/// </summary>
internal sealed record PercentileMeasure(string Id, string Parameter, Stated<ExactDecimal> Percent, bool Linear, ValueSpan Span, Place Place) : Measure(Id)
{
    public const string Word = "percentile";

    public override string Kind => Word;

    public override IReadOnlyList<string> NeedsAnywhere => [Parameter];

    public override Place LooksAt => Place;

    public override LocalText Words => new(
        $"the {Percent.Value}th percentile of the {Span.Word()} of {Symbols.Of(Parameter)}{Place.Suffix.En}",
        $"{Place.Suffix.Zh}{Symbols.Of(Parameter)}{Span.Zh()}的第{Percent.Value}百分位数");

    public static PercentileMeasure Read(string id, StrictObject json, AgreementContext context) => new(
        id,
        RuleReader.ReadParameter(json, context),
        context.Stated.Number(json, "percent", v => v.Sign > 0 && v <= ExactDecimal.From(100), "a percentage above 0 and at most 100"),
        json.Word("method", ["nearestRank", "linear"]) == "linear",
        ValueSpans.Read(json),
        Place.Read(json, context));

    public override Finding Of(Findings findings) => Needs.At(Place, findings, [Parameter], scope =>
    {
        List<ExactDecimal> values = [.. Span.In(scope, Parameter).Order()];
        return Finding.Known(Linear ? Between(values) : values[(int)NearestRank(values.Count) - 1], new JsonObject
        {
            { "parameter", Parameter }, { "of", Span.Word() }, { "count", values.Count }, { "percent", Percent.Value.ToString() }, { "method", Linear ? "linear" : "nearestRank" },
        });
    });

    private static ExactDecimal Hundredth { get; } = new(1, 2);

    private BigInteger NearestRank(int count) => (Percent.Value * ExactDecimal.From(count) * Hundredth).Ceiling();

    private ExactDecimal Between(List<ExactDecimal> values)
    {
        var position = Percent.Value * ExactDecimal.From(values.Count - 1) * Hundredth;
        var below = (int)(position.Ceiling() - (position.Scale == 0 ? 0 : 1));
        var above = int.Min(below + 1, values.Count - 1);
        return values[below] + ((position - ExactDecimal.From(below)) * (values[above] - values[below]));
    }
}
