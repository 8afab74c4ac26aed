using System.Text.Json;

namespace Sensor.Ingest.Projection;

/// <summary>One series of an InfluxQL answer.</summary>
/// <param name="Name">The measurement.</param>
/// <param name="Tags">The tags by which it was grouped.</param>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The rows, each with the values of the columns.</param>
internal sealed record InfluxSeries(string Name, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<JsonElement>> Rows)
{
    /// <summary>Reads the answer of <c>/query</c>.</summary>
    /// <exception cref="InfluxUnavailableException">It holds an error, or is no such answer.</exception>
    public static IReadOnlyList<InfluxSeries> Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. document.RootElement.GetProperty("results").EnumerateArray().SelectMany(OfResult)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InfluxUnavailableException("the answer to a question is not one of an InfluxDB: " + e.Message, e);
        }
    }

    private static IEnumerable<InfluxSeries> OfResult(JsonElement result)
    {
        if (result.TryGetProperty("error", out var error))
        {
            var said = error.GetString()!;
            return said.StartsWith("database not found", StringComparison.Ordinal) ? [] : throw new InfluxUnavailableException(said);
        }

        return result.TryGetProperty("series", out var series) ? series.EnumerateArray().Select(OfSeries) : [];
    }

    private static InfluxSeries OfSeries(JsonElement series) => new(
        series.GetProperty("name").GetString()!,
        series.TryGetProperty("tags", out var tags) ? tags.EnumerateObject().ToDictionary(t => t.Name, t => t.Value.GetString()!) : [],
        [.. series.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!)],
        [.. series.GetProperty("values").EnumerateArray().Select(row => (IReadOnlyList<JsonElement>)[.. row.EnumerateArray().Select(v => v.Clone())])]);
}
