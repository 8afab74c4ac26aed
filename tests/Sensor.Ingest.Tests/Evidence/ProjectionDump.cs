using System.Globalization;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Tests.Evidence;

/// <summary>Every row of the evidence and of what follows from it, as text in which no byte is lost.</summary>
internal static class ProjectionDump
{
    private static readonly (string Table, string Order)[] Tables =
    [
        ("evidence", "idx"), ("log", "id"), ("observation", "idx"), ("run", "station, run"), ("loss", "idx"),
        ("fork", "station, run, sequence"), ("rollback", "station, run"), ("station_last", "station"),
    ];

    public static IReadOnlyList<string> Of(ISqlDatabase database) =>
    [
        .. Tables.SelectMany(t => database.Query(
            $"SELECT * FROM {t.Table} ORDER BY {t.Order}",
            row => t.Table + " " + string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => Text(row.GetValue(i)))))),
    ];

    private static string Text(object value) => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
