using System.Globalization;

namespace Sensor.Compliance.Agreements;

/// <summary>A part of a window over which values are first put together: a calendar month cut at the window's edges, or a week.</summary>
/// <param name="From">Its first local day.</param>
/// <param name="To">The local day after its last.</param>
/// <param name="Label">Its name: <c>2020-08</c>, <c>2020-W32</c>, or <c>2020-07-01..2020-07-14</c> where it is only a part of one of them.</param>
/// <param name="IsWeek">Whether it is a week or a part of one.</param>
internal sealed record Period(DateOnly From, DateOnly To, string Label, bool IsWeek)
{
    /// <summary>Its days.</summary>
    public int Days => To.DayNumber - From.DayNumber;

    /// <summary>Whether a local day lies in it.</summary>
    public bool Holds(DateOnly day) => day >= From && day < To;

    /// <summary>The name of a span that is neither a month nor a window of a plan, by its first and last day.</summary>
    public static string LabelOfDays(DateOnly from, DateOnly to) => from.Iso() + ".." + to.AddDays(-1).Iso();

    /// <summary>The calendar months of a span, the first and last cut at its edges.</summary>
    public static IEnumerable<Period> Months(DateOnly from, DateOnly to)
    {
        for (var start = from; start < to;)
        {
            var month = new DateOnly(start.Year, start.Month, 1);
            var next = month.AddMonths(1);
            var end = next < to ? next : to;
            var isWhole = start == month && end == next;
            yield return new Period(start, end, isWhole ? month.ToString("yyyy-MM", CultureInfo.InvariantCulture) : LabelOfDays(start, end), IsWeek: false);
            start = end;
        }
    }
}
