using System.Globalization;
using Sensor.Contracts;

namespace Sensor.Ingest.Projection;

/// <summary>Writes statements of InfluxQL.</summary>
internal static class InfluxQl
{
    /// <summary>A name between double quotes.</summary>
    public static string Name(string text) => $"\"{Escaped(text, '"')}\"";

    /// <summary>A text between single quotes.</summary>
    public static string Text(string text) => $"'{Escaped(text, '\'')}'";

    /// <summary>Deletes points at a moment, or whole series, which a user without administration may do too.</summary>
    public static string Delete(string measurement, IReadOnlyList<(string Name, string Value)> tags, Instant? at)
    {
        var conditions = tags.Select(t => $"{Name(t.Name)} = {Text(t.Value)}").ToList();
        if (at is { } moment)
        {
            conditions.Add(string.Create(CultureInfo.InvariantCulture, $"time = {moment.UnixMilliseconds}ms"));
        }

        var where = conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions);
        return $"{(at is null ? "DROP SERIES" : "DELETE")} FROM {Name(measurement)}{where}";
    }

    private static string Escaped(string text, char quote) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(quote.ToString(), "\\" + quote, StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
