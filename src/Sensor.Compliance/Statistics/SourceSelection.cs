using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Statistics;

/// <summary>Lets one source supply the values of each parameter and span. A determination that names a source goes before precedence.</summary>
internal static class SourceSelection
{
    /// <summary>Chooses.</summary>
    /// <param name="agreement">An agreement that names sources.</param>
    /// <param name="window">The window of all the readings.</param>
    /// <param name="usable">What may be used, of any source.</param>
    /// <param name="excluded">What may not.</param>
    /// <param name="determinations">The determinations of the window.</param>
    public static ReadingSelection Of(
        Agreement agreement, Window window, List<UsableReading> usable, List<ExcludedReading> excluded, IReadOnlyList<Determination> determinations)
    {
        var sources = agreement.Data.Sources!;
        var substitutes = determinations.Where(d => d.Kind == DeterminationKind.Substitute && sources.Knows(d.Source)).ToList();
        var offers = SourceOffers.Of(agreement, sources, usable, determinations);
        var choices = agreement.Parameters.SelectMany(p => Choose(
            agreement, p, window, [.. offers.Offered.Where(o => o.Reading.Observation.Parameter == p.Code)], substitutes)).ToList();
        return new ReadingSelection(
            [.. choices.SelectMany(c => c.Used).OrderBy(u => u.Observation.Key)],
            [.. excluded.Concat(offers.Excluded).Concat(choices.SelectMany(c => c.Excluded)).OrderBy(e => e.Observation.Key)])
        {
            Substitutions = [.. choices.Select(c => c.Substitution).OfType<Substitution>()],
            Samples = offers.Samples,
        };
    }

    /// <summary>The choices for one parameter in order of time, those of determinations first.</summary>
    private static List<SpanChoice> Choose(
        Agreement agreement, AgreedParameter parameter, Window window, List<SourceReading> offered, List<Determination> substitutes)
    {
        var sources = agreement.Data.Sources!;
        var bySettling = offered.ToLookup(o => substitutes.FirstOrDefault(d => d.Concerns(parameter.Code, o.Reading.Observation.SampledTo)));
        var settled = substitutes.Where(bySettling.Contains).Select(d => SpanChoice.Settled(sources, parameter, window, d, [.. bySettling[d]])).ToList();
        var settledBySpan = settled.SelectMany(c => c.Used).ToLookup(u => SourceSpan.Of(sources.Span, u, window));
        var supplied = bySettling[null].GroupBy(o => SourceSpan.Of(sources.Span, o.Reading, window)).OrderBy(g => g.Key.From)
            .Select(g => SpanChoice.Supplied(agreement, window, parameter, g.Key, [.. g], [.. settledBySpan[g.Key]]));
        return [.. settled, .. supplied];
    }
}
