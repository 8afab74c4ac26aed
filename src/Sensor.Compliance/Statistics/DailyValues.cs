using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Statistics;

/// <summary>The amounts of one parameter by local day, every day at least one; the order within a day has no meaning.</summary>
internal sealed class DailyValues
{
    private readonly SortedDictionary<DateOnly, List<ExactDecimal>> _days = [];

    /// <summary>Days with their amounts, in order.</summary>
    public IEnumerable<KeyValuePair<DateOnly, List<ExactDecimal>>> Days => _days;

    /// <summary>Every amount.</summary>
    public IEnumerable<ExactDecimal> All => _days.Values.SelectMany(v => v);

    /// <summary>The amounts of one day; empty where there are none.</summary>
    public IReadOnlyList<ExactDecimal> On(DateOnly day) => _days.TryGetValue(day, out var values) ? values : [];

    /// <summary>Adds an amount.</summary>
    public void Add(DateOnly day, ExactDecimal amount)
    {
        if (!_days.TryGetValue(day, out var values))
        {
            _days.Add(day, values = []);
        }

        values.Add(amount);
    }

    /// <summary>The amounts of each agreed parameter, one entry per code even where it has none.</summary>
    public static Dictionary<string, DailyValues> ByParameter(IEnumerable<string> parameters, IEnumerable<(string Parameter, DateOnly Day, ExactDecimal Amount)> amounts)
    {
        var all = parameters.ToDictionary(p => p, _ => new DailyValues(), StringComparer.Ordinal);
        foreach (var (parameter, day, amount) in amounts)
        {
            all[parameter].Add(day, amount);
        }

        return all;
    }

    /// <summary>
    /// These amounts with every day of a span that has fewer than <paramref name="perDay"/> of them replaced by
    /// <paramref name="perDay"/> times <paramref name="fill"/>; the days so replaced are the missing days of a margin.
    /// </summary>
    public DailyValues Filled(DateOnly from, DateOnly to, int perDay, ExactDecimal fill)
    {
        var filled = new DailyValues();
        for (var day = from; day < to; day = day.AddDays(1))
        {
            var values = On(day);
            filled._days.Add(day, values.Count >= perDay ? [.. values] : [.. Enumerable.Repeat(fill, perDay)]);
        }

        return filled;
    }

    /// <summary>How many days of a span have fewer than so many amounts.</summary>
    public int MissingDays(DateOnly from, DateOnly to, int perDay) =>
        to.DayNumber - from.DayNumber - _days.Count(d => d.Key >= from && d.Key < to && d.Value.Count >= perDay);
}
