using System.Globalization;

namespace Sensor.Compliance.Statistics;

/// <summary>The observation that stands for its key, and what it replaced.</summary>
/// <param name="Standing">The latest observation of the key.</param>
/// <param name="Superseded">Every other content the key has had, oldest first, each once.</param>
/// <param name="Repeats">How often a content that had already been seen came again.</param>
internal sealed record CurrentObservation(Observation Standing, IReadOnlyList<Observation> Superseded, int Repeats);

/// <summary>Reduces observations to one per key: identical repeats count once, a different later one supersedes.</summary>
internal static class CurrentObservations
{
    /// <summary>The standing observations in the order of their keys; the order of the input does not matter.</summary>
    public static IReadOnlyList<CurrentObservation> Of(IEnumerable<Observation> observations) =>
        [.. observations.GroupBy(o => o.Key).OrderBy(g => g.Key).Select(g => Resolve([.. g]))];

    private static CurrentObservation Resolve(List<Observation> sameKey)
    {
        if (sameKey is [var only])
        {
            return new CurrentObservation(only, [], 0);
        }

        var ordered = sameKey.Select(o => (Observation: o, Content: Content(o))).ToList();
        ordered.Sort((a, b) => a.Observation.Order != b.Observation.Order
            ? a.Observation.Order.CompareTo(b.Observation.Order)
            : string.CompareOrdinal(a.Content, b.Content));
        var (standing, content) = ordered[^1];
        var seen = new HashSet<string>(StringComparer.Ordinal) { content };
        var superseded = ordered.Where(o => seen.Add(o.Content)).Select(o => o.Observation).ToList();
        return new CurrentObservation(standing, superseded, ordered.Count - 1 - superseded.Count);
    }

    /// <summary>What an observation says of what its key is about, as one text.</summary>
    public static string Content(Observation o) => string.Join(
        '\n',
        o.SampledFrom.UnixMilliseconds.ToString(CultureInfo.InvariantCulture),
        o.Value?.ToString(),
        o.Missing?.ToString(),
        o.Unit,
        o.Flag,
        o.DetectionLimit?.ToString(),
        o.Trust.ToString());
}
