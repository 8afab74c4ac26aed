using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>What one section and window rests on. Not thread-safe: it remembers the means it has computed.</summary>
internal sealed class WindowEvidence(
    EvidenceBook book,
    Agreement agreement,
    AgreedSection section,
    Window window,
    IReadOnlyList<CurrentObservation> current,
    ReadingSelection selection,
    IReadOnlyList<Determination> determinations)
{
    private readonly Dictionary<(DecidingStatistic, Completeness), EvidenceScope> _scopes = [];

    /// <summary>The evidence of the other sections and windows.</summary>
    public EvidenceBook Book => book;

    public Agreement Agreement => agreement;

    public AgreedSection Section => section;

    public Window Window => window;

    public IReadOnlyList<CurrentObservation> Current => current;

    public ReadingSelection Selection => selection;

    public IReadOnlyList<Determination> Determinations => determinations;

    /// <summary>The amounts that count, by parameter.</summary>
    public IReadOnlyDictionary<string, DailyValues> Usable { get; } =
        DailyValues.ByParameter(agreement.Parameters.Select(p => p.Code), selection.Usable.Select(u => (u.Observation.Parameter, u.Day, u.Amount)));

    /// <summary>What a rule sees of the measurements.</summary>
    public EvidenceScope Measured => Under(agreement.Statistic.Value, agreement.Completeness);

    /// <summary>How much of the window is flagged, against the limits of the agreement; empty where it has none.</summary>
    public IReadOnlyList<FlagShare> Shares { get; } = FlagShare.Of(agreement, window, current, determinations);

    /// <summary>What the amounts that count come to under a statistic and minimums.</summary>
    public Verdict Decide(DecidingStatistic statistic, Completeness minimum) => Verdict.Of(Under(statistic, minimum));

    /// <summary>What other amounts would come to under the agreement's own settings.</summary>
    public Verdict Suppose(IReadOnlyDictionary<string, DailyValues> values) => Verdict.Of(Supposed(values));

    /// <summary>What a rule would see if other amounts had been measured.</summary>
    public EvidenceScope Supposed(IReadOnlyDictionary<string, DailyValues> values) => new(this, values, agreement.Statistic.Value, agreement.Completeness);

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

    private EvidenceScope Under(DecidingStatistic statistic, Completeness minimum)
    {
        if (!_scopes.TryGetValue((statistic, minimum), out var scope))
        {
            _scopes.Add((statistic, minimum), scope = new EvidenceScope(this, Usable, statistic, minimum));
        }

        return scope;
    }

    private bool HasNumber(ExcludedReading excluded)
    {
        var parameter = Agreement.ParameterOf(excluded.Observation.Parameter);
        return excluded.Observation is { Value: { } value } && excluded.Observation.Unit == parameter.Unit
            && ReadingSelection.IsPossible(parameter, ExactDecimal.From(value));
    }
}
