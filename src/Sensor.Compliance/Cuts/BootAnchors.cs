using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Cuts;

/// <summary>
/// The synchronised records of one boot of a station, and what they say together about any moment of it: all their bounds hold at once, so one
/// more can only narrow what the others leave. It is mostly the nearest on each side that bound.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class BootAnchors
{
    private readonly long[] _counts;
    private readonly TimeBound[] _earliestOn;
    private readonly TimeBound[] _latestOn;
    private readonly TimeBound[] _earliestBack;
    private readonly TimeBound[] _latestBack;

    /// <param name="anchors">At least one synchronised record.</param>
    /// <param name="clocks">How far they are believed.</param>
    public BootAnchors(IEnumerable<RecordInCut> anchors, ClockTolerance clocks)
    {
        RecordInCut[] ordered = [.. anchors.OrderBy(a => a.Record.BootMilliseconds).ThenBy(a => a.Digest)];
        _counts = [.. ordered.Select(a => a.Record.BootMilliseconds)];
        _earliestOn = Best(ordered.Select(a => TimeBound.EarliestOn(a, clocks)), latest: false);
        _latestOn = Best(ordered.Select(a => TimeBound.LatestOn(a, clocks)), latest: true);
        _earliestBack = [.. Best(ordered.Reverse().Select(a => TimeBound.EarliestBack(a, clocks)), latest: false).Reverse()];
        _latestBack = [.. Best(ordered.Reverse().Select(a => TimeBound.LatestBack(a, clocks)), latest: true).Reverse()];
    }

    /// <summary>What all anchors say about a count of CLOCK_BOOTTIME.</summary>
    public StationTime At(Int128 bootMilliseconds)
    {
        var (before, after) = (Position(bootMilliseconds, orEqual: true) - 1, Position(bootMilliseconds, orEqual: false));
        var earliest = Narrower(bootMilliseconds, _earliestOn, before, _earliestBack, after, latest: false);
        var latest = Narrower(bootMilliseconds, _latestOn, before, _latestBack, after, latest: true);
        var (from, to) = (earliest.Bound.At(bootMilliseconds), latest.Bound.At(bootMilliseconds));
        var method = earliest.IsOn && latest.IsOn ? TimeMethod.AnchorBefore : earliest.IsOn || latest.IsOn ? TimeMethod.AnchorsBetween : TimeMethod.AnchorAfter;
        return new StationTime(
            from > to ? new TimeInterval(TimeMethod.Contradictory, null, null) : TimeInterval.Of(method, Floor(from), -Floor(-to)),
            earliest.Bound.Anchor == latest.Bound.Anchor ? [earliest.Bound.Anchor] : [earliest.Bound.Anchor, latest.Bound.Anchor]);
    }

    /// <summary>Of each position the narrowest of the bounds up to it. Bounds of one kind are parallel, so the narrowest stays so; of equal ones the nearest.</summary>
    private static TimeBound[] Best(IEnumerable<TimeBound> bounds, bool latest)
    {
        var best = new List<TimeBound>();
        foreach (var bound in bounds)
        {
            best.Add(best.Count > 0 && (latest ? best[^1].Offset < bound.Offset : best[^1].Offset > bound.Offset) ? best[^1] : bound);
        }

        return [.. best];
    }

    private static (TimeBound Bound, bool IsOn) Narrower(Int128 count, TimeBound[] on, int before, TimeBound[] back, int after, bool latest)
    {
        if (before < 0 || after == back.Length)
        {
            return before < 0 ? (back[after], false) : (on[before], true);
        }

        var (one, other) = (on[before], back[after]);
        return (latest ? one.At(count) <= other.At(count) : one.At(count) >= other.At(count)) ? (one, true) : (other, false);
    }

    /// <summary>How many anchors lie before a count, those at it included or not.</summary>
    private int Position(Int128 count, bool orEqual)
    {
        var (low, high) = (0, _counts.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = _counts[middle] < count || (orEqual && _counts[middle] == count) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static Int128 Floor(Int128 millionths)
    {
        var (quotient, rest) = Int128.DivRem(millionths, TimeBound.Millionths);
        return rest < 0 ? quotient - 1 : quotient;
    }
}
