using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>What one section and window rests on. Not thread-safe: it remembers the means it has computed.</summary>
internal sealed record WindowEvidence(
    Agreement Agreement,
    AgreedSection Section,
    Window Window,
    IReadOnlyList<CurrentObservation> Current,
    ReadingSelection Selection,
    IReadOnlyList<Determination> Determinations)
{
    private readonly Dictionary<(int, DaysPerMonth), Dictionary<string, ParameterStatistics>> _statistics = [];

    /// <summary>The amounts that count, by parameter.</summary>
    public IReadOnlyDictionary<string, DailyValues> Usable { get; } =
        DailyValues.ByParameter(Agreement.Parameters.Select(p => p.Code), Selection.Usable.Select(u => (u.Observation.Parameter, u.Day, u.Amount)));

    /// <summary>How much of the window is flagged, against the limits of the agreement; empty where it has none.</summary>
    public IReadOnlyList<FlagShare> Shares { get; } = FlagShare.Of(Agreement, Window, Current, Determinations);

    /// <summary>What the amounts that count come to under a statistic and minimums.</summary>
    public Verdict Decide(DecidingStatistic statistic, Completeness minimum)
    {
        var key = (minimum.ValuesPerDay.Value, minimum.DaysPerMonth.Value);
        if (!_statistics.TryGetValue(key, out var statistics))
        {
            _statistics.Add(key, statistics = StatisticsOf(Usable, minimum));
        }

        return Verdict.Of(Agreement, Section, statistics, statistic, minimum);
    }

    /// <summary>What other amounts would come to under the agreement's own settings.</summary>
    public Verdict Suppose(IReadOnlyDictionary<string, DailyValues> values) => Verdict.Of(
        Agreement, Section, StatisticsOf(values, Agreement.Completeness), Agreement.Statistic.Value, Agreement.Completeness);

    /// <summary>The amounts that count together with every excluded number; null where no excluded observation has one that could count.</summary>
    public IReadOnlyDictionary<string, DailyValues>? WithExcluded()
    {
        var numbers = Selection.Excluded.Where(HasNumber).Select(e => (e.Observation.Parameter, e.Day, ExactDecimal.From(e.Observation.Value!.Value))).ToList();
        return numbers.Count == 0
            ? null
            : DailyValues.ByParameter(
                Agreement.Parameters.Select(p => p.Code),
                Selection.Usable.Select(u => (u.Observation.Parameter, u.Day, u.Amount)).Concat(numbers));
    }

    private Dictionary<string, ParameterStatistics> StatisticsOf(IReadOnlyDictionary<string, DailyValues> values, Completeness minimum) =>
        Agreement.Parameters.ToDictionary(p => p.Code, p => ParameterStatistics.Of(p, values[p.Code], Window, minimum), StringComparer.Ordinal);

    private bool HasNumber(ExcludedReading excluded)
    {
        var parameter = Agreement.Parameters.First(p => p.Code == excluded.Observation.Parameter);
        return excluded.Observation is { Value: { } value } && excluded.Observation.Unit == parameter.Unit
            && ReadingSelection.IsPossible(parameter, ExactDecimal.From(value));
    }
}
