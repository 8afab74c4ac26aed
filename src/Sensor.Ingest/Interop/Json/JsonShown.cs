using System.Text.Json;

namespace Sensor.Ingest.Interop.Json;

/// <summary>Shows a part of a message to a person.</summary>
internal static class JsonShown
{
    private const int Longest = 40;

    /// <summary>Its text as it came, cut where it is long.</summary>
    public static string Of(JsonElement? json) => json is not { } there ? "nothing" : there.GetRawText() is { Length: <= Longest } all ? all : there.GetRawText()[..Longest] + "…";

    /// <summary>A text, or a number or truth as it is written; null for anything else.</summary>
    public static string? TextOf(JsonElement? json) => json switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } plain => plain.GetRawText(),
        _ => null,
    };
}
