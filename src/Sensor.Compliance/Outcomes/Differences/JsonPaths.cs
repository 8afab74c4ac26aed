namespace Sensor.Compliance.Outcomes.Differences;

/// <summary>Compares JSON values member by member.</summary>
internal static class JsonPaths
{
    /// <summary>The path of each place at which two values differ, in the order of the canonical form; none where they are equal.</summary>
    public static IEnumerable<string> Differing(JsonItem? before, JsonItem? after, string path) => (before, after) switch
    {
        (JsonObject a, JsonObject b) => a.Select(m => m.Key).Union(b.Select(m => m.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .SelectMany(name => Differing(a.Find(name), b.Find(name), path.Length == 0 ? name : $"{path}.{name}")),
        (JsonList a, JsonList b) when a.Items.Count == b.Items.Count =>
            a.Items.Zip(b.Items).SelectMany((pair, i) => Differing(pair.First, pair.Second, $"{path}[{i}]")),
        (JsonList, JsonList) => [path],
        _ => Equals(before, after) ? [] : [path],
    };
}
