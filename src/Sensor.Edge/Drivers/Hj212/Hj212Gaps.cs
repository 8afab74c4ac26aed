using Sensor.Contracts;

namespace Sensor.Edge.Drivers.Hj212;

/// <summary>The gaps that are still to be asked for, oldest first, none overlapping another.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class Hj212Gaps(Hj212HistoryOptions options)
{
    /// <summary>Of more the oldest are given up.</summary>
    private const int Most = 8;

    private readonly long _interval = (long)options.Interval.TotalMilliseconds;
    private readonly List<Hj212Gap> _gaps = [];

    public IReadOnlyList<Hj212Gap> All => _gaps;

    /// <summary>What opens between the latest DataTime and a newer one.</summary>
    /// <param name="before">The latest DataTime.</param>
    /// <param name="dataTime">The newer one.</param>
    /// <param name="again">Whether the latest is asked for as well, because a connection broke and a packet of it may be missing.</param>
    public void Open(Instant before, Instant dataTime, bool again)
    {
        var distance = dataTime.UnixMilliseconds - before.UnixMilliseconds;
        if (distance <= 0 || (!again && distance * 2 <= _interval * 3))
        {
            return;
        }

        var end = dataTime.PlusMilliseconds(-Math.Min(_interval, distance));
        var begin = Later(again ? before : before.PlusMilliseconds(_interval), dataTime.PlusMilliseconds(-(long)options.Reach.TotalMilliseconds));
        Add(new Hj212Gap(begin, Later(begin, end)));
    }

    /// <summary>Takes a gap in; those that overlap become one.</summary>
    public void Add(Hj212Gap gap)
    {
        foreach (var other in _gaps.Where(g => g.Begin <= gap.End && g.End >= gap.Begin).ToList())
        {
            gap = new Hj212Gap(other.Begin < gap.Begin ? other.Begin : gap.Begin, Later(gap.End, other.End));
            _gaps.Remove(other);
        }

        _gaps.Add(gap);
        _gaps.Sort((a, b) => a.Begin.CompareTo(b.Begin));
        _gaps.RemoveRange(0, Math.Max(0, _gaps.Count - Most));
    }

    /// <summary>Nothing before this DataTime is asked for any more; true where that made the first gap smaller.</summary>
    public bool Shrink(Instant begin)
    {
        if (_gaps.Count == 0 || begin <= _gaps[0].Begin)
        {
            return false;
        }

        _gaps[0] = _gaps[0] with { Begin = begin };
        _gaps.RemoveRange(0, begin > _gaps[0].End ? 1 : 0);
        return true;
    }

    private static Instant Later(Instant a, Instant b) => a > b ? a : b;
}
