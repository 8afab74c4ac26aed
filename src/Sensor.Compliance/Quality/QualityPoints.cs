using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Quality;

/// <summary>Points in the order of section, time, parameter, series and instrument, with what lies near each of them.</summary>
internal sealed class QualityPoints
{
    private readonly Dictionary<(string Section, string Parameter), List<QualityPoint>> _byPlace;

    public QualityPoints(IEnumerable<QualityPoint> points)
    {
        All = [.. points
            .OrderBy(o => o.Section, StringComparer.Ordinal).ThenBy(o => o.Time).ThenBy(o => o.Parameter, StringComparer.Ordinal)
            .ThenBy(o => o.Series, StringComparer.Ordinal).ThenBy(o => o.Instrument, StringComparer.Ordinal)];
        _byPlace = All.GroupBy(o => (o.Section, o.Parameter)).ToDictionary(g => g.Key, g => g.ToList());
    }

    public IReadOnlyList<QualityPoint> All { get; }

    /// <summary>
    /// The value of another parameter or section nearest to a moment, the earlier of two equally near: that of the same series where it has one,
    /// else the only one. Null where it is missing, too far, or not the only one.
    /// </summary>
    public ExactDecimal? Nearest(QualityPoint to, string section, string parameter, Instant moment, long within)
    {
        if (!_byPlace.TryGetValue((section, parameter), out var there))
        {
            return null;
        }

        var place = FirstNotBefore(there, moment);
        var near = new[] { place - 1, place }.Where(i => i >= 0 && i < there.Count).Select(i => there[i].Time)
            .Where(t => Distance(t, moment) <= within).OrderBy(t => Distance(t, moment)).ThenBy(t => t).ToList();
        if (near.Count == 0)
        {
            return null;
        }

        var candidates = Around(there, place, near[0]);
        var own = candidates.Where(o => o.Series == to.Series).ToList();
        return own.Count == 1 ? own[0].Value : own.Count == 0 && candidates.Count == 1 ? candidates[0].Value : null;
    }

    private static int FirstNotBefore(List<QualityPoint> there, Instant moment)
    {
        var (low, high) = (0, there.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = there[middle].Time < moment ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static List<QualityPoint> Around(List<QualityPoint> there, int place, Instant time)
    {
        var from = int.Min(place, there.Count - 1);
        while (from > 0 && there[from - 1].Time >= time)
        {
            from--;
        }

        return [.. there.Skip(from).SkipWhile(o => o.Time < time).TakeWhile(o => o.Time == time)];
    }

    private static long Distance(Instant a, Instant b) => long.Abs(a.UnixMilliseconds - b.UnixMilliseconds);
}
