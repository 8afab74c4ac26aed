using Microsoft.Data.Sqlite;
using MQTTnet.Protocol;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Receiving;

/// <summary>An acknowledgement says that something is durable; nothing says so before it is.</summary>
public sealed class AcknowledgementTests
{
    private const byte PubAck = 0x40;

    [Fact]
    public async Task HostedBroker_EveryPuback_FollowsTheCommitOfItsRecord()
    {
        using var station = new TestStation("ST-1");
        await using var ingest = await TestIngest.StartAsync(before: host => host.EnrollStation(station.Id, "Jiekou", station.Key.Public, "test"));
        using var raw = await RawMqtt.ConnectAsync(ingest.MqttPort, "raw");

        for (ushort i = 1; i <= 50; i++)
        {
            var record = station.Next();
            await raw.PublishAsync(i, Topics.Records(station.Id), record.Bytes.Span);
            var packet = await raw.ReadAsync();

            // The other connection sees only what was committed.
            Assert.Equal(i - 1, ingest.Evidence.Number("SELECT idx FROM evidence WHERE digest = $1", record.Digest.ToArray()));
            Assert.Equal((PubAck, (byte)i), (packet!.Value.Type, packet.Value.Body[1]));
        }
    }

    [Fact]
    public async Task HostedBroker_CommitFails_SendsNeitherPubackNorReceiptAndRecovers()
    {
        using var station = new TestStation("ST-1");
        await using var ingest = await TestIngest.StartAsync(before: host => host.EnrollStation(station.Id, "Jiekou", station.Key.Public, "test"));
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id);
        var record = station.Next();

        using (Locked(ingest))
        {
            using var raw = await RawMqtt.ConnectAsync(ingest.MqttPort, "raw");
            await raw.PublishAsync(1, Topics.Records(station.Id), record.Bytes.Span);
            for (var packet = await raw.ReadAsync(); packet is not null; packet = await raw.ReadAsync())
            {
                Assert.NotEqual(PubAck, packet.Value.Type);
            }

            Assert.Empty(client.Receipts);
            Assert.Equal(0, ingest.Host.EvidenceSize);
            using var http = new HttpClient();
            Assert.Matches(@"\nwaterwatch_commit_failures_total\{[^}]*\} [1-9]", await http.GetStringAsync(new Uri(ingest.Host.HttpAddress, "/metrics"), TestContext.Current.CancellationToken));
        }

        await client.SendAsync(station, record);
        await client.Receipted(station.Run, 1);
        Assert.Equal([record.Digest], ingest.Digests());
    }

    [Fact]
    public async Task ExternalBroker_CommitFails_TheBrokerSendsAgainAndTheReceiptFollows()
    {
        using var station = new TestStation("ST-1");
        await using var ingest = await TestIngest.StartAsync(hosted: false, before: host => host.EnrollStation(station.Id, "Jiekou", station.Key.Public, "test"));
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id);
        using (Locked(ingest))
        {
            await client.SendAsync(station, station.Next());
            await Until.True(() => !ingest.Host.Pipeline.Listener.Connected, "the ingest leaves the broker, unacknowledged");
            Assert.Empty(client.Receipts);
        }

        // Nobody publishes it again: the broker still has it.
        await client.Receipted(station.Run, 1);
        Assert.Equal(1, ingest.Host.EvidenceSize);
    }

    [Theory]
    [InlineData("somewhere/else")]
    [InlineData("waterwatch/v1/ST-1/receipt/anhui")]
    [InlineData("waterwatch/v1/ST-1/command/anhui")]
    [InlineData("waterwatch/v1/st-1/records")]
    public async Task HostedBroker_PublishElsewhere_IsNotAuthorized(string topic)
    {
        await using var ingest = await TestIngest.StartAsync();
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, "ST-1");

        var result = await client.PublishAsync(topic, [1]);

        Assert.Equal((byte)MqttPubAckReasonCode.NotAuthorized, (byte)result.ReasonCode);
        Assert.Contains("records, backlog and status", result.ReasonString, StringComparison.Ordinal);
        Assert.Empty(ingest.Refusals());
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
}
