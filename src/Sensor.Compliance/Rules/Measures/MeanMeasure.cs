using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Statistics;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary><c>mean</c>: the mean of a parameter over a window, here or elsewhere.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Parameter">The factor code.</param>
/// <param name="Place">Where and when.</param>
/// <param name="Statistic">Which mean; null for the agreement's deciding one.</param>
/// <param name="Rounding">Whether it is rounded to assessment decimals.</param>
internal sealed record MeanMeasure(string Id, string Parameter, Place Place, DecidingStatistic? Statistic, InputRounding Rounding) : Measure(Id)
{
    public const string Word = "mean";

    public override string Kind => Word;

    public override IReadOnlyList<string> NeedsAnywhere => [Parameter];

    public override Place LooksAt => Place;

    public override LocalText Words => new($"the mean of {Symbols.Of(Parameter)}{Place.Suffix.En}", $"{Place.Suffix.Zh}{Symbols.Of(Parameter)}均值");

    public static MeanMeasure Read(string id, StrictObject json, AgreementContext context)
    {
        var statistic = json.OptionalText("statistic", AgreementDocument.StatisticWords.Contains, "one of " + string.Join(", ", AgreementDocument.StatisticWords));
        return new MeanMeasure(
            id,
            RuleReader.ReadParameter(json, context),
            Place.Read(json, context),
            statistic is { Length: > 0 } ? (DecidingStatistic)Array.IndexOf(AgreementDocument.StatisticWords, statistic) : null,
            InputRoundings.Read(json));
    }

    public override Finding Of(Findings findings) => Needs.At(Place, findings, [Parameter], scope =>
    {
        var statistics = scope.Statistics(Parameter);
        var mean = statistics.Mean(Statistic ?? scope.Statistic)!.Value;
        var used = Rounding.Apply(Parameter, mean);
        var steps = new JsonObject { { "parameter", Parameter }, { "mean", mean.ToString() } };
        return Finding.Known(used, Place.IsHere ? steps : WithSource(steps, statistics));
    });

    /// <summary>Linear, except pH, whose mean goes through the hydrogen ion, and rounded means.</summary>
    public override IReadOnlyDictionary<string, ExactDecimal>? LinearIn(Findings findings) =>
        !Place.IsHere || Parameter == Contracts.ParameterCatalogue.PH || Rounding != InputRounding.None
            ? null
            : new Dictionary<string, ExactDecimal>(StringComparer.Ordinal) { [Parameter] = ExactDecimal.One };

    /// <summary>The readings of another place are not in the trace; its sums are, so that the mean can be repeated from them.</summary>
    private static JsonObject WithSource(JsonObject steps, ParameterStatistics statistics)
    {
        steps.Add("count", statistics.Count);
        steps.Add("months", JsonList.Of(statistics.Months.Where(m => m.Counts), m => new JsonObject
        {
            { "month", m.Period.Label }, { "count", m.Values }, { "sum", m.Sum.ToString() }, { "mean", m.Mean?.ToString() },
        }));
        return steps;
    }
}
