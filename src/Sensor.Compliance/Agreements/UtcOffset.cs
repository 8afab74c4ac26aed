using System.Globalization;
using Sensor.Contracts;

namespace Sensor.Compliance.Agreements;

/// <summary>The fixed distance of an agreement's calendar from UTC. It knows no summer time. The default value is UTC.</summary>
/// <param name="Minutes">Minutes east of Greenwich, −840 to 840.</param>
public readonly record struct UtcOffset(int Minutes)
{
    private const long MillisecondsOfDay = 86_400_000;

    /// <summary>The local day of a moment; a day begins at 00:00:00.000 and that millisecond belongs to it.</summary>
    public DateOnly DayOf(Instant moment)
    {
        var local = Local(moment);
        var day = local >= 0 ? local / MillisecondsOfDay : ((local + 1) / MillisecondsOfDay) - 1;
        return DateOnly.FromDayNumber((int)day + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber);
    }

    /// <summary>The moment at which a local day begins.</summary>
    public Instant StartOf(DateOnly day) =>
        new(((day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * MillisecondsOfDay) - (Minutes * 60_000L));

    /// <summary>A moment as ISO 8601 in this offset; milliseconds only where they are not 0.</summary>
    public string Format(Instant moment)
    {
        var local = DateTimeOffset.FromUnixTimeMilliseconds(Local(moment));
        var format = local.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss.fff";
        return local.ToString(format, CultureInfo.InvariantCulture) + this;
    }

    /// <summary>Reads <c>+08:00</c>.</summary>
    public static bool TryParse(string text, out UtcOffset offset)
    {
        offset = default;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':' ||
            !int.TryParse(text.AsSpan(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) ||
            !int.TryParse(text.AsSpan(4, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ||
            minutes > 59 || (hours * 60) + minutes > 840)
        {
            return false;
        }

        offset = new UtcOffset(((hours * 60) + minutes) * (text[0] == '-' ? -1 : 1));
        return true;
    }

    /// <summary>Such as <c>+08:00</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Minutes < 0 ? '-' : '+')}{int.Abs(Minutes) / 60:00}:{int.Abs(Minutes) % 60:00}");

    private long Local(Instant moment) => moment.UnixMilliseconds + (Minutes * 60_000L);
}
