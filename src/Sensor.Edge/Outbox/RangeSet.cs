using Sensor.Contracts;

namespace Sensor.Edge.Outbox;

/// <summary>A set of whole numbers kept as ascending ranges with gaps between them.</summary>
/// <remarks>Immutable and thread-safe. Operations take time in proportion to the number of ranges, which stays small.</remarks>
internal sealed class RangeSet
{
    public static readonly RangeSet Empty = new([]);

    private readonly SequenceRange[] _ranges;

    private RangeSet(SequenceRange[] ranges) => _ranges = ranges;

    /// <summary>How many numbers are in the set.</summary>
    public long Count => _ranges.Sum(r => r.Last - r.First + 1);

    public IReadOnlyList<SequenceRange> Ranges => _ranges;

    public bool Contains(long number) => IndexOf(number) >= 0;

    /// <summary>The set with a range added; an empty range (last below first) adds nothing.</summary>
    public RangeSet Add(long first, long last)
    {
        if (last < first)
        {
            return this;
        }

        var before = _ranges.TakeWhile(r => r.Last < first - 1);
        var touched = _ranges.Where(r => r.Last >= first - 1 && r.First <= last + 1).ToArray();
        var after = _ranges.Where(r => r.First > last + 1);
        var joined = touched.Length == 0 ? new SequenceRange(first, last) : new SequenceRange(Math.Min(first, touched[0].First), Math.Max(last, touched[^1].Last));
        return new RangeSet([.. before, joined, .. after]);
    }

    /// <summary>The set without a range.</summary>
    public RangeSet Remove(long first, long last) =>
        last < first ? this : new RangeSet([.. _ranges.SelectMany(r => Outside(r, first, last))]);

    /// <summary>The numbers of this set that are not in another.</summary>
    public RangeSet Except(RangeSet other)
    {
        var left = this;
        foreach (var range in other._ranges)
        {
            left = left.Remove(range.First, range.Last);
        }

        return left;
    }

    /// <summary>The least number from <paramref name="first"/> on that is in neither set.</summary>
    public static long FirstOutside(long first, RangeSet one, RangeSet two)
    {
        while (true)
        {
            var next = two.Past(one.Past(first));
            if (next == first)
            {
                return first;
            }

            first = next;
        }
    }

    private static IEnumerable<SequenceRange> Outside(SequenceRange range, long first, long last)
    {
        if (range.Last < first || range.First > last)
        {
            yield return range;
            yield break;
        }

        if (range.First < first)
        {
            yield return new SequenceRange(range.First, first - 1);
        }

        if (range.Last > last)
        {
            yield return new SequenceRange(last + 1, range.Last);
        }
    }

    private long Past(long number) => IndexOf(number) is >= 0 and var at ? _ranges[at].Last + 1 : number;

    private int IndexOf(long number)
    {
        var (low, high) = (0, _ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_ranges[middle].Last < number)
            {
                low = middle + 1;
            }
            else if (_ranges[middle].First > number)
            {
                high = middle - 1;
            }
            else
            {
                return middle;
            }
        }

        return -1;
    }
}
