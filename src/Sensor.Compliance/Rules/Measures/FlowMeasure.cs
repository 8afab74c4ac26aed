using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>
/// What needs concentration and flow together. Each day on which both have a mean stands for itself: C its mean concentration in mg/L, Q its mean
/// discharge in m³/s, negative where the water flows back.
/// <c>flowWeightedMean</c>: Σ C × Q ÷ Σ Q, in mg/L; unknown unless Σ Q is above 0.
/// <c>load</c>: Σ C × Q × 0.0864, in tonnes. <c>volume</c>: Σ Q × 86 400, in m³. Both of the days that have a value, multiplied by
/// days of the window ÷ those days where the agreement says <c>"missingDays": "scaled"</c>.
/// </summary>
internal sealed record FlowMeasure(string Id, string Word, string? Parameter, string Flow, bool Scaled, Place Place) : Measure(Id)
{
    public const string WeightedMean = "flowWeightedMean";
    public const string Load = "load";
    public const string Volume = "volume";

    private const string FlowUnit = "m3/s";

    private static readonly ExactDecimal SecondsOfDay = ExactDecimal.From(86_400);
    private static readonly ExactDecimal TonnesOfDay = new(864, 4);

    public override string Kind => Word;

    public override IReadOnlyList<string> NeedsAnywhere => Needed;

    public override Place LooksAt => Place;

    public override LocalText Words => Word switch
    {
        WeightedMean => new($"the flow-weighted mean of {Symbols.Of(Parameter!)}{Place.Suffix.En}", $"{Place.Suffix.Zh}{Symbols.Of(Parameter!)}流量加权均值"),
        Load => new($"the load of {Symbols.Of(Parameter!)} in tonnes{Place.Suffix.En}", $"{Place.Suffix.Zh}{Symbols.Of(Parameter!)}通量（吨）"),
        _ => new($"the volume of water in m3{Place.Suffix.En}", $"{Place.Suffix.Zh}水量（立方米）"),
    };

    private IReadOnlyList<string> Needed => Parameter is null ? [Flow] : [Parameter, Flow];

    public static FlowMeasure Read(string id, string word, StrictObject json, AgreementContext context)
    {
        var flow = json.Text("flow", context.ParameterCodes.Contains, "the agreement's parameter that is a discharge");
        if (flow.Length > 0 && context.Units[flow] != FlowUnit)
        {
            json.Problem("flow", $"is {flow} in {context.Units[flow]}", $"Name a parameter of the agreement in {FlowUnit}");
        }

        var parameter = word == Volume ? null : RuleReader.ReadParameter(json, context);
        if (parameter is { Length: > 0 } && context.Units[parameter] != "mg/L")
        {
            json.Problem("parameter", $"is {parameter} in {context.Units[parameter]}", "Name a concentration in mg/L");
        }

        var scaled = word != WeightedMean && json.Word("missingDays", ["scaled", "leftOut"]) == "scaled";
        return new FlowMeasure(id, word, parameter, flow, scaled, Place.Read(json, context));
    }

    public override Finding Of(Findings findings) => Needs.At(Place, findings, Needed, scope =>
    {
        var flow = DailyMeans.Of(scope, Flow);
        var concentration = Parameter is null ? null : DailyMeans.Of(scope, Parameter);
        var days = flow.Where(d => concentration is null || concentration.ContainsKey(d.Key)).ToList();
        var water = ExactDecimal.Sum(days.Select(d => d.Value));
        var carried = concentration is null ? ExactDecimal.Zero : ExactDecimal.Sum(days.Select(d => concentration[d.Key] * d.Value));
        var steps = new JsonObject { { "days", days.Count }, { "sumOfFlow", water.ToString() }, { "sumOfConcentrationTimesFlow", concentration is null ? null : carried.ToString() } };
        return days.Count == 0 || (Word == WeightedMean && water.Sign <= 0) ? Finding.Unknown([NoFlow(scope)], steps) : Finding.Known(Word switch
        {
            WeightedMean => ExactDecimal.Quotient(carried, water),
            Load => Complete(carried * TonnesOfDay, days.Count, scope),
            _ => Complete(water * SecondsOfDay, days.Count, scope),
        }, steps);
    });

    private ExactDecimal Complete(ExactDecimal ofDays, int days, RuleScope scope) => Scaled
        ? ExactDecimal.Quotient(ofDays * ExactDecimal.From(scope.Window.To.DayNumber - scope.Window.From.DayNumber), ExactDecimal.From(days))
        : ofDays;

    private Reason NoFlow(RuleScope scope) => new(
        "no-flow",
        $"at section {scope.Section.Section} in window {scope.Window.Label} no day has both {Symbols.Of(Needed)}, or no water went downstream in sum",
        $"{scope.Section.Section}断面{scope.Window.Label}无同时具有{Symbols.Of(Needed)}的日期，或净流量不为正",
        []);
}
