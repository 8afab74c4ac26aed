using System.Runtime.InteropServices;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Statistics;

/// <summary>The amounts of one parameter by local day, every day at least one; the order within a day has no meaning. Immutable.</summary>
internal sealed class DailyValues
{
    private const int DaysOfYear = 366;

    private readonly List<KeyValuePair<DateOnly, ArraySegment<ExactDecimal>>> _days;

    private DailyValues(List<KeyValuePair<DateOnly, ArraySegment<ExactDecimal>>> days) => _days = days;

    /// <summary>No amounts.</summary>
    public static DailyValues None { get; } = new([]);

    /// <summary>Days with their amounts, in order.</summary>
    public IReadOnlyList<KeyValuePair<DateOnly, ArraySegment<ExactDecimal>>> Days => _days;

    /// <summary>The days from a first one up to, not including, another.</summary>
    public ReadOnlySpan<KeyValuePair<DateOnly, ArraySegment<ExactDecimal>>> Between(DateOnly from, DateOnly to)
    {
        var days = CollectionsMarshal.AsSpan(_days);
        var first = Before(days, from);
        return days[first..int.Max(first, Before(days, to))];
    }

    /// <summary>Every amount.</summary>
    public IEnumerable<ExactDecimal> All => _days.SelectMany(d => d.Value);

    /// <summary>The amounts of days in any order.</summary>
    public static DailyValues Of(IReadOnlyCollection<(DateOnly Day, ExactDecimal Amount)> amounts)
    {
        // Readings come in the order of time, so that this sorts nothing.
        var ordered = amounts.OrderBy(a => a.Day).ToList();
        var all = ordered.Select(a => a.Amount).ToArray();
        var days = new List<KeyValuePair<DateOnly, ArraySegment<ExactDecimal>>>();
        for (int from = 0, to; from < all.Length; from = to)
        {
            var day = ordered[from].Day;
            for (to = from + 1; to < all.Length && ordered[to].Day == day;)
            {
                to++;
            }

            days.Add(new(day, new ArraySegment<ExactDecimal>(all, from, to - from)));
        }

        return new DailyValues(days);
    }

    /// <summary>The amounts of moments in their order.</summary>
    /// <exception cref="ArgumentException">The moments are not in order.</exception>
    public static DailyValues Of(ReadOnlySpan<Instant> moments, ArraySegment<ExactDecimal> amounts, UtcOffset offset)
    {
        var days = new List<KeyValuePair<DateOnly, ArraySegment<ExactDecimal>>>(int.Min(moments.Length, DaysOfYear));
        for (int from = 0, to; from < moments.Length; from = to)
        {
            var day = offset.DayOf(moments[from]);
            var end = offset.StartOf(day.AddDays(1));
            for (to = from + 1; to < moments.Length && moments[to] < end; to++)
            {
                RequireOrder(moments, to);
            }

            days.Add(new(day, amounts.Slice(from, to - from)));
        }

        return new DailyValues(days);
    }

    /// <summary>The amounts of each agreed parameter, one entry per code even where it has none.</summary>
    public static Dictionary<string, DailyValues> ByParameter(IEnumerable<string> parameters, IEnumerable<(string Parameter, DateOnly Day, ExactDecimal Amount)> amounts)
    {
        var all = parameters.ToDictionary(p => p, _ => new List<(DateOnly, ExactDecimal)>(), StringComparer.Ordinal);
        foreach (var (parameter, day, amount) in amounts)
        {
            all[parameter].Add((day, amount));
        }

        return all.ToDictionary(p => p.Key, p => Of(p.Value), StringComparer.Ordinal);
    }

    /// <summary>
    /// These amounts with every day of a span that has fewer than <paramref name="perDay"/> of them replaced by
    /// <paramref name="perDay"/> times <paramref name="fill"/>; the days so replaced are the missing days of a margin.
    /// </summary>
    public DailyValues Filled(DateOnly from, DateOnly to, int perDay, ExactDecimal fill)
    {
        var filling = new ArraySegment<ExactDecimal>([.. Enumerable.Repeat(fill, perDay)]);
        var filled = new List<KeyValuePair<DateOnly, ArraySegment<ExactDecimal>>>();
        var measured = Between(from, to);
        for (var day = from; day < to; day = day.AddDays(1))
        {
            var isMeasured = !measured.IsEmpty && measured[0].Key == day;
            filled.Add(new(day, isMeasured && measured[0].Value.Count >= perDay ? measured[0].Value : filling));
            measured = isMeasured ? measured[1..] : measured;
        }

        return new DailyValues(filled);
    }

    /// <summary>How many days of a span have fewer than so many amounts.</summary>
    public int MissingDays(DateOnly from, DateOnly to, int perDay) =>
        to.DayNumber - from.DayNumber - _days.Count(d => d.Key >= from && d.Key < to && d.Value.Count >= perDay);

    private static void RequireOrder(ReadOnlySpan<Instant> moments, int place)
    {
        if (moments[place] < moments[place - 1])
        {
            throw new ArgumentException($"Moment {place} is before the one that precedes it.", nameof(moments));
        }
    }

    /// <summary>How many days lie before one.</summary>
    private static int Before(ReadOnlySpan<KeyValuePair<DateOnly, ArraySegment<ExactDecimal>>> days, DateOnly day)
    {
        var (low, high) = (0, days.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = days[middle].Key < day ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
