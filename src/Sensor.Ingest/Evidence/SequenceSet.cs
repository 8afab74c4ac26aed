using System.Globalization;
using Sensor.Contracts;

namespace Sensor.Ingest.Evidence;

/// <summary>Which sequences of a run are held or closed by a loss, as ranges.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class SequenceSet
{
    private readonly List<SequenceRange> _ranges = [];

    /// <summary>The ranges, ascending and separated by gaps.</summary>
    public IReadOnlyList<SequenceRange> Ranges => _ranges;

    /// <summary>Everything from 1 to this sequence is there; 0 for none.</summary>
    public long Through => _ranges.Count > 0 && _ranges[0].First == 1 ? _ranges[0].Last : 0;

    /// <summary>The greatest sequence; 0 for none.</summary>
    public long Greatest => _ranges.Count > 0 ? _ranges[^1].Last : 0;

    /// <summary>The ranges that begin after <see cref="Through"/>.</summary>
    public IEnumerable<SequenceRange> Beyond => _ranges.Where(r => r.First > Through);

    /// <summary>What lies between the ranges, and before the first.</summary>
    public IEnumerable<SequenceRange> Gaps
    {
        get
        {
            long next = 1;
            foreach (var range in _ranges)
            {
                if (range.First > next)
                {
                    yield return new SequenceRange(next, range.First - 1);
                }

                next = range.Last == long.MaxValue ? range.Last : range.Last + 1;
            }
        }
    }

    /// <summary>The ranges of which another set has nothing.</summary>
    public IEnumerable<SequenceRange> Without(SequenceSet other)
    {
        foreach (var range in _ranges)
        {
            var next = range.First;
            foreach (var held in other._ranges.Where(h => h.Last >= range.First && h.First <= range.Last))
            {
                if (held.First > next)
                {
                    yield return new SequenceRange(next, held.First - 1);
                }

                next = held.Last + 1;
            }

            if (next <= range.Last)
            {
                yield return new SequenceRange(next, range.Last);
            }
        }
    }

    /// <summary>Whether a sequence is there.</summary>
    public bool Contains(long sequence)
    {
        // From the end, where the newest are and what is asked for mostly lies.
        for (var i = _ranges.Count - 1; i >= 0; i--)
        {
            if (_ranges[i].First <= sequence)
            {
                return sequence <= _ranges[i].Last;
            }
        }

        return false;
    }

    /// <summary>Adds sequences, some of which may be there already.</summary>
    public void Add(long first, long last)
    {
        var from = _ranges.FindIndex(r => r.Last >= first - 1);
        from = from < 0 ? _ranges.Count : from;
        var to = from;
        for (; to < _ranges.Count && _ranges[to].First - 1 <= last; to++)
        {
            first = Math.Min(first, _ranges[to].First);
            last = Math.Max(last, _ranges[to].Last);
        }

        _ranges.RemoveRange(from, to - from);
        _ranges.Insert(from, new SequenceRange(first, last));
    }

    /// <summary>The ranges as text, such as <c>1-5,8-8</c>.</summary>
    public override string ToString() => string.Join(',', _ranges.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.First}-{r.Last}")));

    /// <summary>Reads the text of <see cref="ToString"/>.</summary>
    public static SequenceSet Parse(string text)
    {
        var set = new SequenceSet();
        foreach (var range in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = range.Split('-');
            set._ranges.Add(new SequenceRange(long.Parse(ends[0], CultureInfo.InvariantCulture), long.Parse(ends[1], CultureInfo.InvariantCulture)));
        }

        return set;
    }
}
