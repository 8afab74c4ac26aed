using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Statistics;

/// <summary>Puts the results of laboratories together to joint samples. Results of the same moment belong to the same water.</summary>
internal static class JointSamples
{
    /// <summary>The samples of a source in order of moments and parameters.</summary>
    /// <param name="agreement">The agreement.</param>
    /// <param name="source">A source with joint samples.</param>
    /// <param name="usable">The usable results of its laboratories, at most one per laboratory, parameter and moment.</param>
    /// <param name="determinations">The determinations, of which those that accept samples matter.</param>
    public static IReadOnlyList<ResolvedSample> Of(
        Agreement agreement, DataSource source, IEnumerable<UsableReading> usable, IReadOnlyList<Determination> determinations) =>
        [.. usable.GroupBy(u => (u.Observation.SampledTo, u.Observation.Parameter))
            .OrderBy(g => g.Key.SampledTo).ThenBy(g => g.Key.Parameter, StringComparer.Ordinal)
            .Select(g => ResolvedSample.Of(Together(agreement, source, [.. g]), determinations))];

    private static JointSample Together(Agreement agreement, DataSource source, List<UsableReading> results)
    {
        UsableReading? By(string? laboratory) => results.FirstOrDefault(r => r.Observation.Series == laboratory);
        var joint = source.Joint!;
        return new JointSample(
            source,
            agreement.ParameterOf(results[0].Observation.Parameter),
            results[0].Observation.SampledTo,
            By(joint.Halves[0]),
            By(joint.Halves[1]),
            By(joint.Reserve));
    }
}
