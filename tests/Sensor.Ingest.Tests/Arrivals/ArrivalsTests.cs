using Sensor.Compliance.Cuts;
using Sensor.Contracts;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence.Postgres;
using Sensor.Ingest.Observations;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Arrivals;

/// <summary>A real stream of late, repeated and revised rows ends, on every way and store, in what a clean load of the last versions ends in.</summary>
public sealed class ArrivalsTests(PostgresCluster cluster)
{
    private static readonly IReadOnlyList<ArrivedRow> Rows = ArrivedRows.Read();
    private static readonly IReadOnlyList<ArrivedRow> Last = ArrivedRows.LastOf(Rows);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Mqtt_InOrderOfArrival_EndsAsACleanLoadAndKeepsEveryRevisionRepeatAndLateness(bool postgres)
    {
        var clean = await LoadAsync(Last, "mqtt", postgres, influxd: null, Standing);
        await using var influxd = await Influxd.StartAsync();
        await LoadAsync(Rows, "mqtt", postgres, influxd, ingest =>
        {
            Assert.Equal(Expected(), clean);
            Assert.Equal(clean, Standing(ingest));
            Assert.Equal(Said(Rows.SelectMany(row => row.Statements.Select(s => (row, s.Water, s.Says)))), Held(ingest));
            var repeats = Rows.Count - Rows.DistinctBy(r => $"{r.Station} {r.Time} {r.Flag} {string.Join(' ', r.Digits)}").Count();
            Assert.Equal(repeats, ingest.Evidence.Number("SELECT (SELECT count(*) FROM evidence) - (SELECT count(*) FROM observation)"));
            return repeats;
        });
    }

    [Theory]
    [InlineData("hj212", false)]
    [InlineData("hj212", true)]
    [InlineData("mqtt-json", false)]
    [InlineData("mqtt-json", true)]
    public async Task Import_InOrderOfArrival_EndsAsACleanLoadAndKeepsEveryRevisionOnceWithItsLateness(string way, bool postgres)
    {
        var clean = await LoadAsync(Last, way, postgres, influxd: null, Standing);
        await using var influxd = await Influxd.StartAsync();
        await LoadAsync(Rows, way, postgres, influxd, ingest =>
        {
            Assert.Equal(Expected(), clean);
            Assert.Equal(clean, Standing(ingest));
            var news = Said(News());
            Assert.Equal(news, Held(ingest));
            return (Rows.Count * ArrivedRows.Parameters.Count) - news.Count;
        });
    }

    private async Task<T> LoadAsync<T>(IReadOnlyList<ArrivedRow> rows, string way, bool postgres, Influxd? influxd, Func<TestIngest, T> look)
    {
        var (time, store) = (new ArrivalTime(), postgres ? cluster.CreateStore() : null);
        T seen;
        var gateway = TestIngest.FreePort();
        await using var broker = way == "mqtt-json" ? await Mosquitto.StartAsync(gateway) : null;
        await using (var ingest = await TestIngest.StartAsync(
            hosted: way != "mqtt", store: store, time: time, imports: way switch { "hj212" => [Hj212Arrivals.Port(rows)], "mqtt-json" => [JsonArrivals.Import(rows, gateway)], _ => null },
            influx: influxd is null ? null : new InfluxV1Configuration { Url = influxd.Url, Database = "waterwatch" }))
        {
            await SendAsync(ingest, time, rows, way, gateway);
            seen = look(ingest);
            await (influxd is null ? Task.CompletedTask : ShowsTheLastVersionAsync(ingest, influxd));
        }

        if (store is not null)
        {
            cluster.Drop(PostgresSettings.ConnectionString(store));
        }

        return seen;
    }

    private static async Task SendAsync(TestIngest ingest, ArrivalTime time, IReadOnlyList<ArrivedRow> rows, string way, int gateway)
    {
        if (way == "mqtt-json")
        {
            await using var json = new JsonArrivals(ingest, time, gateway);
            await json.SendAsync(rows);
        }
        else if (way == "mqtt")
        {
            await using var stations = new MqttArrivals(ingest, time);
            await stations.SendAsync(rows);
        }
        else
        {
            await using var loggers = new Hj212Arrivals(ingest, time);
            await loggers.SendAsync(rows);
        }
    }

    /// <summary>What the last version of each row says.</summary>
    private static List<string> Expected() => [.. Last.SelectMany(r => r.Statements).Select(s => $"{s.Water} {s.Says}").Order(StringComparer.Ordinal)];

    /// <summary>What stands of each water, as a window would take it.</summary>
    private static List<string> Standing(TestIngest ingest) =>
    [
        .. ObservationsOfRecords.Of(Records(ingest).Select(r => r.Record), ingest.Host.Pipeline.Watch.Current.SectionOf).Observations.Select(o => o.Observation)
            .GroupBy(o => $"{o.Series} {o.SampledTo} {o.Parameter}", StringComparer.Ordinal)
            .Select(water => (water.Key, Last: water.MaxBy(o => o.Order)!))
            .Select(w => $"{w.Key} {w.Last.Value?.ToString() ?? "NotReported"} {w.Last.Flag}").Order(StringComparer.Ordinal),
    ];

    /// <summary>Every statement of the evidence and when it came.</summary>
    private static List<string> Held(TestIngest ingest) =>
    [
        .. Records(ingest).SelectMany(held => ((ReadingsBody)held.Record.Record.Body).Readings
            .Select(r => $"{held.Record.Record.Header.Station} {r.SampledTo} {r.Parameter} {r.Value?.ToString() ?? $"{r.Missing}"} {r.Flag} {held.ReceivedAt}")).Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<HeldRecord> Records(TestIngest ingest) =>
        ingest.Host.Pipeline.Watch.Current.Placements.Select(p => p.Station).Distinct(StringComparer.Ordinal).SelectMany(station => RecordReader.Complete(ingest.Evidence, station));

    private static List<string> Said(IEnumerable<(ArrivedRow Row, string Water, string Says)> statements) =>
        [.. statements.Select(s => $"{s.Water} {s.Says} {Instant.From(s.Row.Arrived)}").Order(StringComparer.Ordinal)];

    /// <summary>The statements that say something else than was last said of the same water.</summary>
    private static IEnumerable<(ArrivedRow Row, string Water, string Says)> News()
    {
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in Rows)
        {
            foreach (var (water, says) in row.Statements.Where(s => last.GetValueOrDefault(s.Water) != s.Says))
            {
                last[water] = says;
                yield return (row, water, says);
            }
        }
    }

    private static async Task ShowsTheLastVersionAsync(TestIngest ingest, Influxd influxd)
    {
        await Until.True(() => ingest.Host.Pipeline.Influx!.Lag == 0, "InfluxDB shows everything", 120);
        var revisions = News().GroupBy(n => n.Water, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var expected = Last.SelectMany(r => r.Statements.Zip(ArrivedRows.Parameters, r.Digits).Select(s =>
            $"{r.Time.UnixMilliseconds},{r.Station},{s.Second.Code},{s.Third},{(s.Third.Length > 0 ? "" : "NotReported")},{r.Flag},{revisions[s.First.Water]}"));
        var shown = await influxd.RowsAsync("SELECT \"series\", parameter, digits, missing, flag, revision FROM observation_g1");
        Assert.Equal(expected.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }
}
