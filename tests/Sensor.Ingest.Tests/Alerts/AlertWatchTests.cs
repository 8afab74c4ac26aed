using System.Text;
using System.Text.Json;
using Sensor.Contracts.Documents;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Alerts;

public sealed class AlertWatchTests
{
    [Fact]
    public async Task Send_ValueOutsideTheRange_IsServedAsAlertAndDecidesNothing()
    {
        var alerts = StrictDocument.Read(
            "alerts", Encoding.UTF8.GetBytes("""{ "tests": [ { "test": "gross_range", "name": "high", "parameter": "w01019", "parameters": { "fail_span": ["0", "10"] } } ] }"""), AlertConfiguration.Read);
        await using var ingest = await TestIngest.StartAsync(alerts: alerts);
        await using var station = new ResendingStation("ST-1", 1, ingest.MqttPort, ingest.Host.OperatorKey);
        ingest.Host.EnrollStation("ST-1", "Jiekou", station.Station.Key.Public, "a test");
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, "ST-1");
        await client.SendAsync(station.Station, station.Station.Next("11"));
        await client.Receipted(station.Station.Run, 1);
        using var http = new HttpClient { BaseAddress = ingest.Host.HttpAddress };
        JsonElement[] found = [];

        await Until.True(
            async () =>
            {
                using var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri("/api/v1/alerts", UriKind.Relative), TestContext.Current.CancellationToken));
                found = [.. answer.RootElement.GetProperty("alerts").EnumerateArray().Select(alert => alert.Clone())];
                return found.Length == 1;
            },
            "an alert");

        Assert.Equal(("high", "Jiekou", 4, true), (found[0].GetProperty("rule").GetString(), found[0].GetProperty("section").GetString(), found[0].GetProperty("flag").GetInt32(), found[0].GetProperty("late").GetBoolean()));
        Assert.Contains("waterwatch_alerts_total", await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await http.GetAsync(new Uri("/api/v1/alerts?limit=0", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }
}
