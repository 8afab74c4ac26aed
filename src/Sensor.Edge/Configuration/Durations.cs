using System.Globalization;

namespace Sensor.Edge.Configuration;

/// <summary>Spans of time as people write them: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>4h</c>, <c>1d</c>, or ISO 8601 such as <c>PT4H</c> and <c>P1DT30M</c>.</summary>
internal static class Durations
{
    public const string Expected = "a duration such as 30s, 5m, 4h or PT4H";

    private static readonly (string Suffix, long Milliseconds)[] Units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <summary>Reads a duration; years and months are refused because their length varies.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var milliseconds = text.StartsWith('P') ? Iso(text) : Short(text);
        if (milliseconds is null or > 366L * 86_400_000)
        {
            return false;
        }

        duration = TimeSpan.FromMilliseconds(milliseconds.Value);
        return true;
    }

    /// <summary>The short form, in the largest unit that gives a whole number.</summary>
    public static string Format(TimeSpan duration)
    {
        var milliseconds = duration.Ticks / TimeSpan.TicksPerMillisecond;
        var (suffix, unit) = Units.Last(u => milliseconds % u.Milliseconds == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / unit}{suffix}");
    }

    private static long? Short(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        foreach (var (suffix, milliseconds) in Units)
        {
            if (digits is > 0 and <= 9 && text.AsSpan(digits).SequenceEqual(suffix))
            {
                return Number(text.AsSpan(0, digits)) * milliseconds;
            }
        }

        return null;
    }

    private static long? Iso(string text)
    {
        var (date, time) = text.IndexOf('T') is var t && t < 0 ? (text[1..], "") : (text[1..t], text[(t + 1)..]);
        if (date.Length + time.Length == 0 || (t >= 0 && time.Length == 0))
        {
            return null;
        }

        return Parts(date, "D", 86_400_000) + Parts(time, "HMS", 3_600_000, 60_000, 1_000);
    }

    /// <summary>Numbers each followed by its designator, in the order of the designators.</summary>
    private static long? Parts(string text, string designators, params long[] milliseconds)
    {
        long total = 0;
        var rest = text.AsSpan();
        for (var i = 0; i < designators.Length; i++)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is > 0 and <= 9 && rest[digits] == designators[i])
            {
                total += Number(rest[..digits]) * milliseconds[i];
                rest = rest[(digits + 1)..];
            }
        }

        return rest.IsEmpty ? total : null;
    }

    private static long Number(ReadOnlySpan<char> digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
