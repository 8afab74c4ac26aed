using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Statistics;

/// <summary>A value of which it is not known well enough when its water was taken.</summary>
/// <param name="Observation">The observation.</param>
/// <param name="Reason">What is wrong with its time.</param>
/// <param name="ConfirmedBy">The determination that lets it count all the same; null where there is none.</param>
internal sealed record UntimedReading(Observation Observation, ExclusionReason Reason, string? ConfirmedBy);

/// <summary>How the values of one way of dating came out.</summary>
/// <param name="Method">The way; null where no clock of a station dated the water.</param>
/// <param name="Values">How many there are.</param>
/// <param name="Excluded">How many of them do not count.</param>
/// <param name="WidestErrorMilliseconds">The widest error among those that count; null where there is none, or none with an interval.</param>
internal sealed record DatedValues(TimeMethod? Method, int Values, int Excluded, long? WidestErrorMilliseconds);

/// <summary>What the agreed demands on time did to the observations of one section and window that nothing before excludes.</summary>
/// <param name="Methods">How the values were dated, the best first.</param>
/// <param name="Readings">Those that do not meet the demands, in the order of their keys.</param>
internal sealed record TimeVerdict(IReadOnlyList<DatedValues> Methods, IReadOnlyList<UntimedReading> Readings)
{
    /// <summary>Judges.</summary>
    /// <param name="agreed">The demands.</param>
    /// <param name="window">The window.</param>
    /// <param name="usable">What no reason before excludes.</param>
    /// <param name="determinations">The determinations of the window.</param>
    public static TimeVerdict Of(AgreedTime agreed, Window window, IReadOnlyList<UsableReading> usable, IReadOnlyList<Determination> determinations)
    {
        var readings = (from o in usable.Select(u => u.Observation)
                        let reason = Judge(agreed, window, o)
                        where reason is not null
                        orderby o.Key
                        select new UntimedReading(o, reason.Value, Confirming(agreed, reason.Value, determinations, o)?.Id)).ToList();
        var excluded = readings.Where(r => r.ConfirmedBy is null).Select(r => r.Observation).ToHashSet(ReferenceEqualityComparer.Instance);
        var methods = usable.Select(u => u.Observation).GroupBy(o => o.Time?.Method).OrderBy(g => g.Key)
            .Select(g => new DatedValues(g.Key, g.Count(), g.Count(excluded.Contains), g.Where(o => !excluded.Contains(o)).Max(o => o.Time?.ErrorMilliseconds)));
        return new TimeVerdict([.. methods], readings);
    }

    private static ExclusionReason? Judge(AgreedTime agreed, Window window, Observation o) => o.Time switch
    {
        null => null,
        { WidthMilliseconds: null } => ExclusionReason.TimeUnresolved,
        { WidthMilliseconds: var width } when width > agreed.WidestSeconds.Value * 1000L => ExclusionReason.TimeTooWide,
        var time when agreed.AtWindowEdge.Value != EdgeRule.Midpoint && (time.Earliest < window.Start || time.Latest >= window.End) => ExclusionReason.AtWindowEdge,
        _ => null,
    };

    private static Determination? Confirming(AgreedTime agreed, ExclusionReason reason, IReadOnlyList<Determination> determinations, Observation o) =>
        reason == ExclusionReason.AtWindowEdge && agreed.AtWindowEdge.Value == EdgeRule.Neither
            ? null
            : determinations.FirstOrDefault(d => d.Kind == DeterminationKind.Confirm && d.Concerns(o.Parameter, o.SampledTo));
}
