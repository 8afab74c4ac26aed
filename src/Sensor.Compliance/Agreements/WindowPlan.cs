using System.Globalization;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>How an agreement cuts time into windows. Days from the year 2 to 9997 can be asked for.</summary>
/// <param name="Kind">The length of a window.</param>
/// <param name="StartMonth">The month, 1 to 12, in which a year or season begins; quarters count from it too. Of no meaning for months and weeks.</param>
public sealed record WindowPlan(WindowKind Kind, int StartMonth)
{
    /// <summary>Calendar years.</summary>
    public static WindowPlan CalendarYears { get; } = new(WindowKind.Year, 1);

    private static readonly string[] Kinds = ["year", "quarter", "month", "week", "season"];

    /// <summary>The months of a season, 1 to 11; of no meaning for other kinds.</summary>
    public int SeasonMonths { get; init; } = 1;

    /// <summary>The periods of a whole window: its months, or 1 where it is a week.</summary>
    public int Months => Kind switch { WindowKind.Year => 12, WindowKind.Quarter => 3, WindowKind.Season => SeasonMonths, _ => 1 };

    /// <summary>The window that holds a local day; null where none does, which happens between seasons only.</summary>
    public Window? WindowOf(DateOnly day, UtcOffset offset)
    {
        var start = StartBefore(day);
        return day < EndOf(start) ? Make(start, offset) : null;
    }

    /// <summary>
    /// The window before another in this plan; before a season, the season of the year before. Of a window that an amendment cut, and of one
    /// of another plan, the window before the one in which its first day lies.
    /// </summary>
    public Window? Previous(Window window) => Make(StartBefore(StartBefore(window.From).AddDays(-1)), window.Offset);

    /// <summary>
    /// The same window one year earlier. Of a week the week with the same number, null where that year has no such week. Of a window that an
    /// amendment cut the same days a year earlier (of a cut week the same weekdays); an edge at 29 February moves to 1 March, so that
    /// the parts of a window stay without gap and overlap, and a part that held this day alone has none: null.
    /// </summary>
    public Window? YearBefore(Window window)
    {
        if ((window.IsWeek ? WeekBefore(window) : (YearBefore(window.From), YearBefore(window.To))) is not { } days || days.From >= days.To)
        {
            return null;
        }

        return WindowOf(days.From, window.Offset) is { } whole && (whole.From, whole.To) == days ? whole : window.Cut(days.From, days.To);
    }

    /// <summary>The windows that begin on or after a local day, in order, without end.</summary>
    internal IEnumerable<Window> From(DateOnly day, UtcOffset offset)
    {
        var start = StartBefore(day);
        for (start = start == day ? start : StartAfter(start); ; start = StartAfter(start))
        {
            yield return Make(start, offset);
        }
    }

    internal static WindowPlan Read(StrictObject json)
    {
        var kind = (WindowKind)Array.IndexOf(Kinds, json.Word("kind", Kinds));
        var startMonth = kind == WindowKind.Week ? 1 : (int)json.Whole("startMonth", 1, 12, kind == WindowKind.Season ? null : 1);
        var plan = new WindowPlan(kind, startMonth) { SeasonMonths = kind == WindowKind.Season ? (int)json.Whole("months", 1, 11) : 1 };
        json.End();
        return plan;
    }

    private static (DateOnly From, DateOnly To)? WeekBefore(Window window) => IsoWeek.Of(window.From).MondayOfYearBefore() is { } monday
        ? (monday.AddDays(Weekday(window.From)), monday.AddDays(Weekday(window.To.AddDays(-1)) + 1))
        : null;

    private static int Weekday(DateOnly day) => day.DayNumber - IsoWeek.MondayOf(day).DayNumber;

    private static DateOnly YearBefore(DateOnly edge) => edge is { Month: 2, Day: 29 } ? new DateOnly(edge.Year - 1, 3, 1) : edge.AddYears(-1);

    /// <summary>The first day of the last window that begins on or before a day.</summary>
    private DateOnly StartBefore(DateOnly day)
    {
        var cycle = Kind == WindowKind.Season ? 12 : Months;
        return Kind == WindowKind.Week
            ? IsoWeek.MondayOf(day)
            : new DateOnly(day.Year, day.Month, 1).AddMonths(-((day.Month - StartMonth + 12) % 12 % cycle));
    }

    private DateOnly StartAfter(DateOnly start) => Kind == WindowKind.Season ? start.AddYears(1) : EndOf(start);

    private DateOnly EndOf(DateOnly start) => Kind == WindowKind.Week ? start.AddDays(7) : start.AddMonths(Months);

    private Window Make(DateOnly start, UtcOffset offset) => new(start, EndOf(start), Label(start), offset) { IsWeek = Kind == WindowKind.Week };

    private string Label(DateOnly first)
    {
        var month = first.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        return Kind switch
        {
            WindowKind.Week => IsoWeek.Of(first).ToString(),
            WindowKind.Year when first.Month == 1 => month[..4],
            WindowKind.Quarter when first.Month % 3 == 1 => month[..4] + "-Q" + (char)('0' + ((first.Month + 2) / 3)),
            _ when Months == 1 => month,
            _ => month + ".." + first.AddMonths(Months - 1).ToString("yyyy-MM", CultureInfo.InvariantCulture),
        };
    }
}
