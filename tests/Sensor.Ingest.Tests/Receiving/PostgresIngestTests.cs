using Sensor.Ingest.Evidence.Postgres;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Receiving;

/// <summary>The whole way of a record, from MQTT to the receipt, with the evidence in PostgreSQL.</summary>
public sealed class PostgresIngestTests(PostgresCluster cluster)
{
    [Fact]
    public async Task Send_ToAnIngestOnPostgres_IsReceiptedAndObserved()
    {
        var store = cluster.CreateStore();
        using var station = new TestStation("ST-1");
        await using (var ingest = await TestIngest.StartAsync(store: store))
        {
            await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id);
            var records = new[] { station.Next(), station.Next(), station.Next() };
            await client.SendAsync(station, records[0].Bytes, records[0].Bytes);
            Assert.Equal(1, ingest.Evidence.Number("SELECT count(*) FROM pending"));

            ingest.Host.EnrollStation(station.Id, "Jiekou", station.Key.Public, "test");
            await client.SendAsync(station, records[1], records[2]);

            await client.Receipted(station.Run, 3);
            Assert.Equal(records.Select(r => r.Digest).Order(), ingest.Digests().Order());
            Assert.Equal(TestIngest.RootOf(ingest.Digests()), ingest.Host.EvidenceRoot);
            using var http = new HttpClient();
            var answer = await http.GetStringAsync(new Uri(ingest.Host.HttpAddress, "/api/v1/observations?section=Jiekou"), TestContext.Current.CancellationToken);
            Assert.Equal(3, answer.Split("\"reading\":").Length - 1);
        }

        cluster.Drop(PostgresSettings.ConnectionString(store));
    }
}
