using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Statistics;

/// <summary>Which source supplies the values of a parameter in a span.</summary>
/// <param name="Used">The values that it supplies.</param>
/// <param name="Excluded">What the others had.</param>
/// <param name="Substitution">The substitution, where the first source does not supply them or a determination decided.</param>
internal sealed record SpanChoice(IReadOnlyList<UsableReading> Used, IReadOnlyList<ExcludedReading> Excluded, Substitution? Substitution)
{
    /// <summary>The source that a determination names, whatever it has.</summary>
    /// <param name="sources">The sources of the agreement.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="window">The window.</param>
    /// <param name="determination">The determination.</param>
    /// <param name="offered">What the sources have in its span.</param>
    public static SpanChoice Settled(
        SourcePrecedence sources, AgreedParameter parameter, Window window, Determination determination, IReadOnlyList<SourceReading> offered)
    {
        var rank = sources.Sources.ToList().FindIndex(s => s.Id == determination.Source);
        var others = offered.Where(o => o.Rank != rank).GroupBy(o => o.Rank).OrderBy(g => g.Key).Select(g => new ReplacedSource(sources.Sources[g.Key], g.Count(), null));
        var span = SourceSpan.Of(determination, window);
        return Of(offered, rank, determination.Id, new Substitution(parameter, span, sources.Sources[rank], [.. others], determination.Id));
    }

    /// <summary>
    /// The first source whose values are enough, or else the first that has any. Values that a determination has settled in the same span
    /// count along with those of each source, for they will count along with those of the chosen one.
    /// </summary>
    /// <param name="agreement">The agreement.</param>
    /// <param name="window">The window.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="span">The span.</param>
    /// <param name="offered">What the sources have in it, at least one value.</param>
    /// <param name="settled">The settled values in it.</param>
    public static SpanChoice Supplied(
        Agreement agreement, Window window, AgreedParameter parameter, SourceSpan span, IReadOnlyList<SourceReading> offered, IReadOnlyList<UsableReading> settled)
    {
        var sources = agreement.Data.Sources!;
        var minimums = sources.Sources.Select((_, rank) => SpanMinimum.Of(
            sources.Span, [.. settled, .. offered.Where(o => o.Rank == rank).Select(o => o.Reading)], agreement, window, offered[0].Reading.Day)).ToList();
        var ranks = offered.Select(o => o.Rank).Distinct().Order().ToList();
        var enough = ranks.Where(r => minimums[r].Met).ToList();
        var chosen = enough.Count > 0 ? enough[0] : ranks[0];
        var before = sources.Sources.Take(chosen).Select((s, rank) => new ReplacedSource(s, minimums[rank].Had, minimums[rank].Needed));
        return Of(offered, chosen, null, chosen == 0 ? null : new Substitution(parameter, span, sources.Sources[chosen], [.. before], null));
    }

    private static SpanChoice Of(IReadOnlyList<SourceReading> offered, int rank, string? determination, Substitution? substitution) => new(
        [.. offered.Where(o => o.Rank == rank).Select(o => o.Reading)],
        [.. offered.Where(o => o.Rank != rank).SelectMany(o => o.Exclude(determination))],
        substitution);
}
