using System.Globalization;

namespace Sensor.Contracts.Hj212;

/// <summary>Times as HJ 212 writes them: <c>yyyyMMddHHmmss</c>, or with milliseconds <c>yyyyMMddHHmmsszzz</c>, without an offset.</summary>
public static class Hj212Time
{
    private const string Seconds = "yyyyMMddHHmmss";

    /// <summary>Reads 14 or 17 digits.</summary>
    /// <param name="text">The digits.</param>
    /// <param name="offset">The fixed offset of the logger's clock, which no frame tells.</param>
    /// <param name="instant">The moment, when the result is true.</param>
    public static bool TryParse(string? text, TimeSpan offset, out Instant instant)
    {
        instant = default;
        var format = text?.Length == 17 ? Seconds + "fff" : Seconds;
        if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall))
        {
            return false;
        }

        var moment = new DateTimeOffset(DateTime.SpecifyKind(wall, DateTimeKind.Utc), TimeSpan.Zero).ToUnixTimeMilliseconds() - (long)offset.TotalMilliseconds;
        instant = new Instant(moment);
        return Instant.InRange(moment);
    }

    /// <summary>14 digits; fractions of a second are cut.</summary>
    public static string Format(Instant instant, TimeSpan offset) => Wall(instant, offset).ToString(Seconds, CultureInfo.InvariantCulture);

    /// <summary>17 digits, as QN has them.</summary>
    public static string FormatExchange(Instant instant, TimeSpan offset) => Wall(instant, offset).ToString(Seconds + "fff", CultureInfo.InvariantCulture);

    private static DateTimeOffset Wall(Instant instant, TimeSpan offset) => instant.ToDateTimeOffset().ToOffset(offset);
}
