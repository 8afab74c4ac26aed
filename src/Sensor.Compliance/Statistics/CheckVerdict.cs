using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Statistics;

/// <summary>A value that an instrument gave while it was not known to be right.</summary>
/// <param name="Span">The first span that holds it.</param>
/// <param name="Observation">The observation.</param>
/// <param name="ConfirmedBy">The determination that lets it count all the same; null where there is none.</param>
internal sealed record UncheckedReading(InvalidSpan Span, Observation Observation, string? ConfirmedBy);

/// <summary>What the failed checks of instruments did to the observations of one section and window that nothing else excludes.</summary>
/// <param name="Spans">The spans that touch the window.</param>
/// <param name="Readings">The observations in them, in the order of their keys.</param>
internal sealed record CheckVerdict(IReadOnlyList<InvalidSpan> Spans, IReadOnlyList<UncheckedReading> Readings)
{
    /// <summary>Judges.</summary>
    /// <param name="window">The window.</param>
    /// <param name="spans">The spans of the section.</param>
    /// <param name="usable">What no other reason excludes.</param>
    /// <param name="determinations">The determinations of the window.</param>
    public static CheckVerdict Of(Window window, IEnumerable<InvalidSpan> spans, IEnumerable<UsableReading> usable, IReadOnlyList<Determination> determinations)
    {
        var touching = spans.Where(s => s.Touches(window.Start, window.End)).ToList();
        return new CheckVerdict(touching, touching.Count == 0 ? [] :
        [
            .. from reading in usable.Select(u => u.Observation)
               let span = touching.FirstOrDefault(s => s.Covers(reading))
               where span is not null
               orderby reading.Key
               select new UncheckedReading(span, reading, Confirming(determinations, reading)?.Id),
        ]);
    }

    private static Determination? Confirming(IReadOnlyList<Determination> determinations, Observation o) =>
        determinations.FirstOrDefault(d => d.Kind == DeterminationKind.Confirm && d.Concerns(o.Parameter, o.SampledTo));
}
