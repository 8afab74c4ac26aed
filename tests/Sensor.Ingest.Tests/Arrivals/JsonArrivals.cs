using System.Text;
using System.Text.Json;
using Sensor.Contracts.Documents;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Arrivals;

/// <summary>A gateway that publishes each row as plain JSON, as it is seen, through a real mosquitto.</summary>
internal sealed class JsonArrivals(TestIngest ingest, ArrivalTime time, int port) : IAsyncDisposable
{
    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);
    private StationClient? _gateway;
    private long _records;

    /// <summary>The import that takes these rows.</summary>
    public static JsonImportConfiguration Import(IEnumerable<ArrivedRow> rows, int port) => new()
    {
        Connect = TestIngest.External(port) with { ClientId = "import-under-test" },
        Filter = "gateway/+",
        Messages = [StrictDocument.Read("message", JsonSerializer.SerializeToUtf8Bytes(Message(rows)), JsonMessageReader.Read)],
    };

    public async Task SendAsync(IReadOnlyList<ArrivedRow> rows)
    {
        foreach (var row in rows.DistinctBy(r => r.Station))
        {
            TestImport.Enter(ingest.Host, row.Station, row.Section);
        }

        ingest.Host.Pipeline.Watch.Reload();
        await Until.True(() => ingest.Host.Pipeline.Imports.Connected, "the import hears its broker");
        _gateway ??= await StationClient.ConnectAsync(port, ingest.Host.OperatorKey, "gateway");
        foreach (var round in ArrivedRows.Rounds(rows))
        {
            time.Now = round[0].Arrived;
            await Task.WhenAll(round.Select(row => _gateway.PublishAsync("gateway/" + row.Station, Encoding.UTF8.GetBytes(Written(row)))));
            await ingest.Holds(_records += round.Count(IsNews));
        }
    }

    public ValueTask DisposeAsync() => _gateway?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static object Message(IEnumerable<ArrivedRow> rows) => new
    {
        topic = "gateway/{station}",
        stations = rows.Select(r => r.Station).Distinct(StringComparer.Ordinal).ToDictionary(s => s, s => s),
        timeAt = "/time", timeForm = "iso8601", dataTime = "instant",
        flags = new Dictionary<string, string> { ["N"] = "N", ["M"] = "M", ["B"] = "B" },
        parameters = ArrivedRows.Parameters.Select(p => new { @as = p.Code, unit = p.Unit, valueAt = $"/values/{p.Code}", flagAt = "/state" }),
    };

    private static string Written(ArrivedRow row)
    {
        var values = ArrivedRows.Parameters.Zip(row.Digits, (p, digits) => $"\"{p.Code}\":{(digits.Length > 0 ? digits : "null")}");
        return $"{{\"time\":\"{row.Time}\",\"state\":\"{row.Flag}\",\"values\":{{{string.Join(',', values)}}}}}";
    }

    // A row that repeats everything makes no record.
    private bool IsNews(ArrivedRow row)
    {
        var news = row.Statements.Where(s => _said.GetValueOrDefault(s.Water) != s.Says).ToList();
        news.ForEach(s => _said[s.Water] = s.Says);
        return news.Count > 0;
    }
}
