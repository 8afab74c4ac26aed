using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Quality;

/// <summary>The part of a series that ends at one point.</summary>
internal readonly struct TimeWindow
{
    private readonly IReadOnlyList<SeriesPoint> _series;
    private readonly int _first;
    private readonly int _last;

    /// <param name="series">A series in the order of time.</param>
    /// <param name="last">The place of the point at which the window ends.</param>
    /// <param name="length">Milliseconds the window reaches back.</param>
    /// <param name="open">Whether the point exactly so long ago stays outside.</param>
    public TimeWindow(IReadOnlyList<SeriesPoint> series, int last, long length, bool open)
    {
        (_series, _last, _first) = (series, last, last);
        while (_first > 0 && (open ? Age(_first - 1) < length : Age(_first - 1) <= length))
        {
            _first--;
        }

        // Points of one moment belong together, whichever of them is asked.
        while (_last + 1 < series.Count && series[_last + 1].Since(series[last]) == 0)
        {
            _last++;
        }
    }

    /// <summary>Whether the series has points before the window.</summary>
    public bool HasEarlier => _first > 0;

    /// <summary>The values that are present.</summary>
    public IReadOnlyList<ExactDecimal> Values => [.. Points.Where(p => p.Value is not null).Select(p => p.Value!.Value)];

    /// <summary>How many values are missing.</summary>
    public int Missing => Points.Count(p => p.Value is null);

    /// <summary>
    /// The time that the present values stand for, in milliseconds: from the first to the last of them and one shortest step more; 0 for a single one.
    /// </summary>
    /// <remarks>The step is that between points, missing or not: a missing value can only make it shorter, never let a window seem fuller.</remarks>
    public long Coverage
    {
        get
        {
            var present = Points.Where(p => p.Value is not null).ToList();
            var points = Points.ToList();
            return present.Count < 2 ? 0 : present[^1].Since(present[0]) + points.Skip(1).Zip(points, (later, earlier) => later.Since(earlier)).Min();
        }
    }

    private IEnumerable<SeriesPoint> Points
    {
        get
        {
            for (var i = _first; i <= _last; i++)
            {
                yield return _series[i];
            }
        }
    }

    private long Age(int at) => _series[_last].Since(_series[at]);
}
