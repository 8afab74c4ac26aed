using System.Globalization;

namespace Sensor.Contracts;

/// <summary>A moment in UTC with millisecond resolution, counted from 1970-01-01T00:00:00Z without leap seconds.</summary>
/// <remarks>
/// <para>It does not know how good the clock was that told it; that travels beside it as <see cref="ClockState"/>.</para>
/// <para>Range: years 1 to 9999. The default value is 1970-01-01T00:00:00Z. Immutable and thread-safe.</para>
/// </remarks>
/// <param name="UnixMilliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
public readonly record struct Instant(long UnixMilliseconds) : IComparable<Instant>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The moment of a date and time with offset; fractions of a millisecond are cut.</summary>
    public static Instant From(DateTimeOffset moment) => new(moment.ToUnixTimeMilliseconds());

    /// <summary>Whether the number of milliseconds lies in the years 1 to 9999.</summary>
    public static bool InRange(long unixMilliseconds) => unixMilliseconds is >= -62_135_596_800_000 and <= 253_402_300_799_999;

    /// <summary>
    /// Reads ISO 8601 with a mandatory offset, such as <c>2020-05-08T08:00:00+08:00</c> or <c>...Z</c>;
    /// seconds may be absent, fractions have at most three digits.
    /// </summary>
    public static bool TryParse(string text, out Instant instant)
    {
        string[] formats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFK"];
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
        if (hasOffset && DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            instant = From(moment);
            return true;
        }

        instant = default;
        return false;
    }

    /// <summary>The same moment as a date and time at offset zero.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeMilliseconds(UnixMilliseconds);

    /// <inheritdoc/>
    public int CompareTo(Instant other) => UnixMilliseconds.CompareTo(other.UnixMilliseconds);

    /// <summary>Adds milliseconds.</summary>
    public Instant PlusMilliseconds(long milliseconds) => new(UnixMilliseconds + milliseconds);

    /// <summary>ISO 8601 in UTC with milliseconds, such as <c>2020-05-08T00:00:00.000Z</c>.</summary>
    public override string ToString() => ToDateTimeOffset().ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Earlier than.</summary>
    public static bool operator <(Instant left, Instant right) => left.UnixMilliseconds < right.UnixMilliseconds;

    /// <summary>Later than.</summary>
    public static bool operator >(Instant left, Instant right) => left.UnixMilliseconds > right.UnixMilliseconds;

    /// <summary>Not later than.</summary>
    public static bool operator <=(Instant left, Instant right) => left.UnixMilliseconds <= right.UnixMilliseconds;

    /// <summary>Not earlier than.</summary>
    public static bool operator >=(Instant left, Instant right) => left.UnixMilliseconds >= right.UnixMilliseconds;
}
