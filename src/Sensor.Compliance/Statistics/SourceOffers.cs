using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Statistics;

/// <summary>What the sources of an agreement have to give, before one of them is chosen.</summary>
/// <param name="Offered">Their values, for each source at most one per parameter and moment.</param>
/// <param name="Excluded">What no source has to give: results that enter no joint value, series that another of the same source precedes.</param>
/// <param name="Samples">The joint samples, in the order of sources, moments and parameters.</param>
internal sealed record SourceOffers(IReadOnlyList<SourceReading> Offered, IReadOnlyList<ExcludedReading> Excluded, IReadOnlyList<ResolvedSample> Samples)
{
    /// <summary>Collects them.</summary>
    /// <param name="agreement">The agreement.</param>
    /// <param name="sources">Its sources.</param>
    /// <param name="usable">What may be used, of any source.</param>
    /// <param name="determinations">The determinations of the window.</param>
    public static SourceOffers Of(Agreement agreement, SourcePrecedence sources, List<UsableReading> usable, IReadOnlyList<Determination> determinations)
    {
        var excluded = new List<ExcludedReading>();
        var offered = new List<SourceReading>();
        var samples = new List<ResolvedSample>();
        for (var rank = 0; rank < sources.Sources.Count; rank++)
        {
            var source = sources.Sources[rank];
            var own = Preferred(agreement, source, usable, excluded);
            if (source.Joint is null)
            {
                offered.AddRange(own.Select(u => new SourceReading(rank, u, null)));
                continue;
            }

            var ofSource = JointSamples.Of(agreement, source, own, determinations);
            samples.AddRange(ofSource);
            excluded.AddRange(ofSource.SelectMany(s => s.Excluded));
            offered.AddRange(ofSource.Where(s => s.Value is not null).Select(s => new SourceReading(rank, s.Value!, s)));
        }

        return new SourceOffers(offered, excluded, samples);
    }

    /// <summary>One value per parameter and moment of a source, or of each of its laboratories.</summary>
    private static List<UsableReading> Preferred(Agreement agreement, DataSource source, List<UsableReading> usable, List<ExcludedReading> excluded)
    {
        var own = usable.Where(u => source.AllSeries.Contains(u.Observation.Series));
        var kept = new List<UsableReading>();
        foreach (var group in own.GroupBy(u => source.Joint is null ? "" : u.Observation.Series, StringComparer.Ordinal))
        {
            var selection = ReadingSelection.Prefer(agreement.Data, [.. group], []);
            kept.AddRange(selection.Usable);
            excluded.AddRange(selection.Excluded);
        }

        return kept;
    }
}
