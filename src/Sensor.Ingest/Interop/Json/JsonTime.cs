using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sensor.Contracts;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Interop.Json;

/// <summary>Reads the time of a message; fractions of a millisecond are cut.</summary>
internal static partial class JsonTime
{
    // Outside of these the form that was configured is not the one that was sent: seconds taken for milliseconds are of 1970.
    private static readonly Instant Earliest = Instant.From(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly Instant Latest = Instant.From(new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly string[] LocalFormats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFF"];

    /// <summary>The moment.</summary>
    /// <param name="json">What stands at the place of the time; null where nothing does.</param>
    /// <param name="place">How it is written.</param>
    /// <param name="wrong">What is wrong with it, where the result is null.</param>
    public static Instant? Read(JsonElement? json, JsonTimePlace place, out string? wrong)
    {
        var moment = JsonShown.TextOf(json) is not { } text ? null : place.Form switch
        {
            JsonTimeForm.UnixSeconds => Unix(text, 1000),
            JsonTimeForm.UnixMilliseconds => Unix(text, 1),
            JsonTimeForm.Local => Local(Milliseconds().Replace(text, "$1"), place.UtcOffset!.Value),
            _ => Instant.TryParse(Milliseconds().Replace(text, "$1"), out var told) ? told : null,
        };
        wrong = moment is null ? $"{JsonShown.Of(json)} is not {Words(place.Form)}"
            : moment < Earliest || moment >= Latest ? $"{JsonShown.Of(json)} is {moment}, not of this century; see timeForm"
            : null;
        return wrong is null ? moment : null;
    }

    private static Instant? Unix(string text, int perSecond)
    {
        const decimal beyond = 253_402_300_800_000;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < beyond && number * perSecond < beyond
            ? new Instant((long)(number * perSecond))
            : null;
    }

    private static Instant? Local(string text, TimeSpan offset) =>
        text.Length > 10 && DateTime.TryParseExact(text[10] == ' ' ? text[..10] + "T" + text[11..] : text, LocalFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new Instant(new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Utc)).ToUnixTimeMilliseconds() - (long)offset.TotalMilliseconds)
            : null;

    private static string Words(JsonTimeForm form) => form switch
    {
        JsonTimeForm.UnixSeconds => "a number of seconds since 1970",
        JsonTimeForm.UnixMilliseconds => "a number of milliseconds since 1970",
        JsonTimeForm.Local => "a local time such as 2021-04-01T08:00:00, without offset",
        _ => "an ISO 8601 time with offset such as 2021-04-01T08:00:00+08:00",
    };

    [GeneratedRegex(@"(\.[0-9]{3})[0-9]{1,9}(?=Z\z|[+-][0-9]{2}:[0-9]{2}\z|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Milliseconds();
}
