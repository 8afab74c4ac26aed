using System.Text;
using Microsoft.Data.Sqlite;
using Sensor.Contracts;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Observations;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Interop.Json;

/// <summary>Through a real mosquitto.</summary>
public sealed class JsonImportTests
{
    private const string Topic = "gateway/river 1/values";
    private const string Good = """{"values":[{"name":"COD","value":1.40,"unit":"mg/L","quality":"OK","time":"2021-04-01T08:00:00+08:00"}]}""";

    [Fact]
    public async Task Messages_RepeatedAndRevised_AreOneRecordForEachThingSaidSignedOverTheRawBytes()
    {
        await using var bench = await Bench.StartAsync();

        await bench.SendAsync(Topic, Good);
        await bench.SendAsync(Topic, Good);
        await bench.SendAsync(Topic, Good.Replace("1.40", "1.50", StringComparison.Ordinal));
        await bench.Ingest.Holds(2);

        var held = RecordReader.Complete(bench.Ingest.Evidence, "GW-1").Select(r => r.Record.Record).ToList();
        Assert.Equal(["1.40", "1.50"], held.Select(r => Assert.Single(((ReadingsBody)r.Body).Readings).Value.ToString()));
        Assert.Equal($"sha256:{Digest.Of(Encoding.UTF8.GetBytes(Good))} item 0", ((ReadingsBody)held[0].Body).Readings[0].Raw);
        var raw = bench.Ingest.Evidence.Query("SELECT bytes, source FROM raw ORDER BY rowid", row => (Encoding.UTF8.GetString((byte[])row.GetValue(0)), row.GetString(1)));
        Assert.Equal([(Good, "mqtt-json " + Topic), (Good.Replace("1.40", "1.50", StringComparison.Ordinal), "mqtt-json " + Topic)], raw);
    }

    [Fact]
    public async Task Messages_ThatDoNotFit_AreDeadLettersAndOthersAreTaken()
    {
        await using var bench = await Bench.StartAsync();

        await bench.SendAsync(Topic, "{");
        await bench.SendAsync("gateway/river 2/values", Good);
        await bench.SendAsync("gateway/river 1/status", Good);
        await bench.SendAsync(Topic, Good.Replace("mg/L", "ug/L", StringComparison.Ordinal));
        await bench.SendAsync(Topic, new string(' ', 5000));
        await bench.SendAsync(Topic, Good);
        await bench.Ingest.Holds(1);

        await Until.True(() => bench.Ingest.Refusals().Count == 5, $"five dead letters; there are {string.Join(", ", bench.Ingest.Refusals())}");
        Assert.Equal(["mqtt-json-size", "mqtt-json-syntax", "mqtt-json-topic", "mqtt-json-topic", "mqtt-json-unit"], bench.Ingest.Refusals().Order(StringComparer.Ordinal));
        Assert.Equal(
            ["at /values/0/unit: \"ug/L\" is not mg/L, in which w01019 is configured; nothing is converted"],
            bench.Ingest.Evidence.Query("SELECT detail FROM dead_letter WHERE reason = 'mqtt-json-unit'", row => row.GetString(0)));
    }

    [Fact]
    public async Task Message_OfAStationThatIsNotEnrolled_IsADeadLetterWithTheRemedy()
    {
        await using var bench = await Bench.StartAsync(enroll: false);

        await bench.SendAsync(Topic, Good);

        await Until.True(() => bench.Ingest.Refusals().SequenceEqual(["mqtt-json-not-enrolled"]), "the dead letter");
        Assert.Equal(0, bench.Ingest.Host.EvidenceSize);
    }

    [Fact]
    public async Task Message_WhoseCommitFails_IsNotAcknowledgedAndComesAgain()
    {
        await using var bench = await Bench.StartAsync();
        using (Locked(bench.Ingest))
        {
            await bench.SendAsync(Topic, Good);
            await Until.True(() => !bench.Ingest.Host.Pipeline.Imports.Connected, "the import leaves the broker, unacknowledged");
            Assert.Equal(0, bench.Ingest.Host.EvidenceSize);
        }

        // Nobody publishes it again: the broker still has it.
        await bench.Ingest.Holds(1);
    }

    [Fact]
    public async Task Messages_OfOneStationInQuickSuccession_AreTakenInTheirOrder()
    {
        await using var bench = await Bench.StartAsync();
        var values = Enumerable.Range(1, 50).Select(i => $"1.{i:00}").ToList();

        await Task.WhenAll(values.Select(v => bench.SendAsync(Topic, Good.Replace("1.40", v, StringComparison.Ordinal))));
        await bench.Ingest.Holds(values.Count);

        var held = RecordReader.Complete(bench.Ingest.Evidence, "GW-1").Select(r => ((ReadingsBody)r.Record.Record.Body).Readings[0].Value.ToString());
        Assert.Equal(values, held);
    }

    // Another program holds the file's write lock for longer than a commit waits.
    private static SqliteConnection Locked(TestIngest ingest)
    {
        var connection = new SqliteConnection($"Data Source={EvidenceLog.PathIn(ingest.Configuration.DataDirectory)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }

    private sealed record Bench(Mosquitto Broker, TestIngest Ingest, StationClient Gateway) : IAsyncDisposable
    {
        public static async Task<Bench> StartAsync(bool enroll = true)
        {
            var port = TestIngest.FreePort();
            var broker = await Mosquitto.StartAsync(port);
            var import = new JsonImportConfiguration
            {
                Connect = TestIngest.External(port), Filter = "gateway/#", Messages = [JsonSettings.Of("long")], Limits = new JsonImportLimits { MessageBytes = 4096 },
            };
            var ingest = await TestIngest.StartAsync(imports: [import], before: host =>
            {
                if (enroll)
                {
                    TestImport.Enroll(host, "GW-1");
                }
            });
            await Until.True(() => ingest.Host.Pipeline.Imports.Connected, "the import hears its broker");
            return new Bench(broker, ingest, await StationClient.ConnectAsync(port, ingest.Host.OperatorKey, "gateway"));
        }

        public async Task SendAsync(string topic, string message) => await Gateway.PublishAsync(topic, Encoding.UTF8.GetBytes(message));

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Ingest.DisposeAsync();
            await Broker.DisposeAsync();
        }
    }
}
