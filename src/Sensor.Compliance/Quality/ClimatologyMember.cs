using System.Globalization;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>What is expected at some times and depths. All spans include both ends.</summary>
/// <param name="Period">The unit that repeats, such as <c>month</c>; null where the member holds once, between two moments.</param>
/// <param name="When">Numbers of that unit (months, quarters, weeks and days of the year from 1, days of the week from Monday, 0), or UTC milliseconds.</param>
/// <param name="Expected">What is expected.</param>
/// <param name="Possible">What is possible; null where nothing is said.</param>
/// <param name="Depths">Metres; a member with depths fits only values with a depth, one without fits all.</param>
public sealed record ClimatologyMember(string? Period, Span When, Span Expected, Span? Possible = null, Span? Depths = null)
{
    /// <summary>The units that repeat.</summary>
    public static IReadOnlyList<string> Periods { get; } = ["year", "quarter", "month", "week", "weekofyear", "dayofyear", "dayofweek"];

    /// <inheritdoc/>
    public override string ToString() => Period is null ? $"{Moment(When.Low)}/{Moment(When.High)}" : $"{Period} {When}";

    internal static ClimatologyMember Read(StrictObject json, UtcOffset calendar)
    {
        var period = json.Has("period") ? json.Word("period", Periods) : json.OptionalText("period");
        var member = new ClimatologyMember(
            period,
            period is null ? Moments(json, calendar) : QualityReader.Span(json, "tspan"),
            QualityReader.Span(json, "vspan"),
            QualityReader.OptionalSpan(json, "fspan"),
            QualityReader.OptionalSpan(json, "zspan"));
        json.End();
        return member;
    }

    internal bool Fits(SeriesPoint point, UtcOffset calendar) =>
        point.Time is { } time
        && (Depths is not { } depths || (point.Depth is { } depth && depths.Holds(depth)))
        && Number(time, calendar) is { } number && When.Holds(ExactDecimal.From(number));

    private static Span Moments(StrictObject json, UtcOffset calendar)
    {
        var texts = json.Texts("tspan", 2, t => QualityReader.TryMoment(t, calendar, out _), "a day such as 2020-05-08, a month, or a time with offset");
        var moments = texts.Select(t => QualityReader.TryMoment(t, calendar, out var moment) ? ExactDecimal.From(moment.UnixMilliseconds) : ExactDecimal.Zero).ToList();
        if (moments is [var from, var to] && from <= to)
        {
            return new Span(from, to);
        }

        if (texts.Count >= 2)
        {
            json.Problem("tspan", "is not a pair of moments with the earlier first", "Give it like [\"2020-06-01\", \"2020-09-01\"], or give a period");
        }

        return default;
    }

    private long? Number(Instant time, UtcOffset calendar)
    {
        if (Period is null)
        {
            return time.UnixMilliseconds;
        }

        if (!Instant.InRange(time.UnixMilliseconds) || !Instant.InRange(time.UnixMilliseconds + (calendar.Minutes * 60_000L)))
        {
            return null;
        }

        var day = calendar.DayOf(time);
        return Period switch
        {
            "year" => day.Year,
            "quarter" => (day.Month + 2) / 3,
            "month" => day.Month,
            "week" or "weekofyear" => ISOWeek.GetWeekOfYear(day.ToDateTime(TimeOnly.MinValue)),
            "dayofyear" => day.DayOfYear,
            _ => ((int)day.DayOfWeek + 6) % 7,
        };
    }

    private static Instant Moment(ExactDecimal milliseconds) => new((long)milliseconds.Mantissa);
}
