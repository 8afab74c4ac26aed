using System.Globalization;
using InfluxDB.Client.Api.Domain;
using InfluxDB.Client.Writes;

namespace Sensor.Ingest.Projection;

/// <summary>The lines of line protocol that show one water: what stands, and each version that it superseded.</summary>
internal static class ObservationPoints
{
    /// <summary>The lines of a water's versions, the last of which stands.</summary>
    public static IEnumerable<string> Of(Generation generation, string section, IReadOnlyList<Statement> versions)
    {
        for (var i = 0; i < versions.Count; i++)
        {
            var point = Point(i == versions.Count - 1 ? generation.Observations : generation.Superseded, section, versions[i]);
            yield return (i == versions.Count - 1 ? point.Field("revision", i + 1L) : point.Tag("revision", (i + 1).ToString(CultureInfo.InvariantCulture))).ToLineProtocol();
        }
    }

    /// <summary>The tags that name the series of a water; a text that is empty is no tag.</summary>
    public static IReadOnlyList<(string Name, string Value)> Tags(string section, Water water) =>
        [.. new[] { ("section", section), ("parameter", water.Parameter), ("series", water.Station), ("instrument", water.Instrument) }.Where(t => t.Item2.Length > 0)];

    private static PointData Point(string measurement, string section, Statement statement)
    {
        var point = PointData.Measurement(measurement).Timestamp(statement.Water.Sampled.UnixMilliseconds, WritePrecision.Ms)
            .Field("flag", statement.Said.Flag).Field("unit", statement.Said.Unit);
        point = Tags(section, statement.Water).Aggregate(point, (p, tag) => p.Tag(tag.Name, tag.Value));

        // The binary fraction is for charts alone; who computes takes the digits.
        return statement.Said.Digits is { } digits
            ? point.Field("value", double.Parse(digits, CultureInfo.InvariantCulture)).Field("digits", digits)
            : point.Field("missing", statement.Said.Missing ?? "");
    }
}
