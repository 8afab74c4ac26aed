using System.Text.Json;

namespace Sensor.Compliance.Tests.Outcomes;

/// <summary>Compares JSON where the expected side names only the members that matter; arrays must have the same length.</summary>
internal static class JsonSubset
{
    /// <summary>Every difference, each with its path.</summary>
    public static IEnumerable<string> Differences(JsonElement expected, JsonElement actual, string path = "$")
    {
        if (expected.ValueKind != actual.ValueKind)
        {
            return [$"{path}: {expected.GetRawText()} expected, not {Short(actual)}"];
        }

        return expected.ValueKind switch
        {
            JsonValueKind.Object => expected.EnumerateObject().SelectMany(m => actual.TryGetProperty(m.Name, out var value)
                ? Differences(m.Value, value, $"{path}.{m.Name}")
                : [$"{path}.{m.Name}: is missing"]),
            JsonValueKind.Array when expected.GetArrayLength() != actual.GetArrayLength() =>
                [$"{path}: {expected.GetArrayLength()} elements expected, not {actual.GetArrayLength()}: {Short(actual)}"],
            JsonValueKind.Array => expected.EnumerateArray().Zip(actual.EnumerateArray()).SelectMany((pair, i) => Differences(pair.First, pair.Second, $"{path}[{i}]")),
            _ => expected.GetRawText() == actual.GetRawText() || expected.ToString() == actual.ToString() ? [] : [$"{path}: {expected} expected, not {actual}"],
        };
    }

    private static string Short(JsonElement json) => json.GetRawText() is { Length: > 200 } text ? text[..200] + "..." : json.GetRawText();
}
