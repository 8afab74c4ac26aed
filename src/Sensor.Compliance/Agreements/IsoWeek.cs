using System.Globalization;

namespace Sensor.Compliance.Agreements;

/// <summary>A week of ISO 8601: Monday to Sunday, in the year in which its Thursday lies; week 1 holds the 4th of January.</summary>
/// <param name="Year">Its year, which may differ from that of its first or last days.</param>
/// <param name="Number">Its number, 1 to 53.</param>
internal readonly record struct IsoWeek(int Year, int Number)
{
    /// <summary>The week that holds a day.</summary>
    public static IsoWeek Of(DateOnly day)
    {
        var thursday = MondayOf(day).AddDays(3);
        return new IsoWeek(thursday.Year, ((thursday.DayOfYear - 1) / 7) + 1);
    }

    /// <summary>The Monday on or before a day.</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>The Monday of the week with the same number a year earlier; null where that year has no such week.</summary>
    public DateOnly? MondayOfYearBefore()
    {
        var monday = MondayOf(new DateOnly(Year - 1, 1, 4)).AddDays((Number - 1) * 7);
        return Of(monday).Year == Year - 1 ? monday : null;
    }

    /// <summary>Such as <c>2020-W32</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-W{Number:00}");
}
