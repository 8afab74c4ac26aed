using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>What one section and window rests on.</summary>
internal sealed record WindowEvidence(
    Agreement Agreement,
    AgreedSection Section,
    Window Window,
    IReadOnlyList<CurrentObservation> Current,
    ReadingSelection Selection,
    IReadOnlyList<Determination> Determinations)
{
    /// <summary>The amounts that count, by parameter.</summary>
    public IReadOnlyDictionary<string, DailyValues> Usable { get; } =
        DailyValues.ByParameter(Agreement.Parameters.Select(p => p.Code), Selection.Usable.Select(u => (u.Observation.Parameter, u.Day, u.Amount)));

    /// <summary>What some amounts would come to under a statistic and minimums.</summary>
    public Verdict Decide(IReadOnlyDictionary<string, DailyValues> values, DecidingStatistic statistic, Completeness minimum) =>
        Verdict.Of(Agreement, Section, Window, values, statistic, minimum);

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

    private bool HasNumber(ExcludedReading excluded)
    {
        var parameter = Agreement.Parameters.First(p => p.Code == excluded.Observation.Parameter);
        return excluded.Observation is { Value: { } value } && excluded.Observation.Unit == parameter.Unit
            && ReadingSelection.IsPossible(parameter, ExactDecimal.From(value));
    }
}
