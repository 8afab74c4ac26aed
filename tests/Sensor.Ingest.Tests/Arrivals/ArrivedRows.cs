using System.Globalization;
using Sensor.Contracts;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Arrivals;

/// <summary>A row of the public page, when a collector first saw it.</summary>
/// <param name="Arrived">When the collector saw it.</param>
/// <param name="Section">The section's name; two sections of different provinces may share one.</param>
/// <param name="Station">The station as which the row is sent.</param>
/// <param name="Time">When the water was taken.</param>
/// <param name="Flag">The state of the station.</param>
/// <param name="Digits">The digits of each parameter; empty where there is no number.</param>
internal sealed record ArrivedRow(DateTimeOffset Arrived, string Section, string Station, Instant Time, string Flag, IReadOnlyList<string> Digits)
{
    /// <summary>What the row says of each water, as text.</summary>
    public IEnumerable<(string Water, string Says)> Statements => ArrivedRows.Parameters.Zip(Digits, (p, d) => ($"{Station} {Time} {p.Code}", $"{(d.Length > 0 ? d : "NotReported")} {Flag}"));
}

/// <summary>tests/cases/arrivals, or the file that WATERWATCH_ARRIVALS names.</summary>
internal static class ArrivedRows
{
    private const int FirstValue = 6;
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);
    private static readonly Dictionary<string, string> Flags = new(StringComparer.Ordinal) { ["正常"] = "N", ["维护"] = "M", ["不具备运行条件"] = "B" };

    /// <summary>The columns that are sent, from the first value on.</summary>
    public static IReadOnlyList<(string Code, string Unit)> Parameters { get; } =
    [
        ("w01010", "Cel"), ("w01001", "[pH]"), ("w01009", "mg/L"), ("w01014", "uS/cm"), ("w01003", "{NTU}"), ("w01019", "mg/L"), ("w21003", "mg/L"), ("w21011", "mg/L"), ("w21001", "mg/L"),
    ];

    /// <summary>The rows that tell of water, in the order in which they were seen.</summary>
    public static IReadOnlyList<ArrivedRow> Read()
    {
        var stations = new Dictionary<string, string>(StringComparer.Ordinal);
        return
        [
            .. from line in File.ReadLines(Environment.GetEnvironmentVariable("WATERWATCH_ARRIVALS") ?? Repository.PathOf("tests/cases/arrivals/arrivals.csv")).Skip(1)
               let fields = line.Split(',')
               where fields[4] is not ("*" or "--")
               select new ArrivedRow(
                   DateTimeOffset.Parse(fields[0], CultureInfo.InvariantCulture), fields[3], StationOf(stations, $"{fields[1]} {fields[2]} {fields[3]}"),
                   Instant.From(DateTimeOffset.ParseExact("2021-" + fields[4] + "+08:00", "yyyy-MM-dd HH:mmzzz", CultureInfo.InvariantCulture)),
                   Flags[fields[17]], [.. fields[FirstValue..(FirstValue + Parameters.Count)].Select(v => v is "*" or "--" ? "" : v)]),
        ];
    }

    /// <summary>The last version of each station and time, in the order of their times.</summary>
    public static IReadOnlyList<ArrivedRow> LastOf(IEnumerable<ArrivedRow> rows) =>
        [.. rows.GroupBy(r => (r.Station, r.Time)).Select(g => g.Last()).OrderBy(r => r.Time).ThenBy(r => r.Station, StringComparer.Ordinal)];

    /// <summary>Rows that were seen at one moment, in the order of the moments.</summary>
    public static IEnumerable<IReadOnlyList<ArrivedRow>> Rounds(IReadOnlyList<ArrivedRow> rows)
    {
        for (var first = 0; first < rows.Count;)
        {
            var round = rows.Skip(first).TakeWhile(r => r.Arrived == rows[first].Arrived).ToList();
            yield return round;
            first += round.Count;
        }
    }

    /// <summary>The time of a row as a logger writes it.</summary>
    public static string DataTime(ArrivedRow row) => Contracts.Hj212.Hj212Time.Format(row.Time, Beijing);

    private static string StationOf(Dictionary<string, string> stations, string section)
    {
        if (!stations.TryGetValue(section, out var station))
        {
            stations.Add(section, station = string.Create(CultureInfo.InvariantCulture, $"ST-{stations.Count + 1}"));
        }

        return station;
    }
}
