using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Sensor.Ingest.Configuration;

/// <summary>A place in a JSON document, in the notation of RFC 6901: <c>/values/0/name</c>; the empty text is the whole document.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class JsonPointer
{
    private readonly string[] _steps;

    private JsonPointer(string text, string[] steps) => (Text, _steps) = (text, steps);

    /// <summary>The pointer as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a pointer (RFC 6901, section 3).</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out JsonPointer? place)
    {
        var escapes = (text ?? "").Replace("~0", "", StringComparison.Ordinal).Replace("~1", "", StringComparison.Ordinal);
        place = text is null || (text.Length > 0 && text[0] != '/') || escapes.Contains('~') ? null : new JsonPointer(text, [.. text.Split('/').Skip(1).Select(Unescape)]);
        return place is not null;
    }

    /// <summary>What stands at the place; null where nothing does. An index behind the end of an array, <c>-</c> included, is nothing.</summary>
    public JsonElement? Find(JsonElement json)
    {
        JsonElement? at = json;
        foreach (var step in _steps)
        {
            at = Next(at.Value, step);
            if (at is null)
            {
                break;
            }
        }

        return at;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static JsonElement? Next(JsonElement json, string step) => json.ValueKind switch
    {
        JsonValueKind.Object => json.TryGetProperty(step, out var member) ? member : null,
        JsonValueKind.Array => IndexOf(step) is { } index && index < json.GetArrayLength() ? json[index] : null,
        _ => null,
    };

    // Section 4: no leading zeros.
    private static int? IndexOf(string step) =>
        step.Length is > 0 and < 9 && step.All(char.IsAsciiDigit) && (step[0] != '0' || step.Length == 1) ? int.Parse(step, System.Globalization.CultureInfo.InvariantCulture) : null;

    // In this order, so that ~01 becomes ~1 (section 4).
    private static string Unescape(string step) => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
