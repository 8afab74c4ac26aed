using Sensor.Ingest.Commands;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Receiving;

public sealed class PendingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Enroll_ByCommandLineWhileRunning_TakesUpWhatWaitedAndReceiptsIt(bool byFingerprint)
    {
        using var station = new TestStation("ST-1");
        await using var ingest = await TestIngest.StartAsync();
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id);
        var records = new[] { station.Next(), station.Next(), station.Next() };
        await client.SendAsync(station, records[0].Bytes, records[0].Bytes, records[1].Bytes);
        await client.SendAsync(station, records[2]);
        Assert.Equal(3, ingest.Evidence.Number("SELECT count(*) FROM pending"));
        Assert.Equal(0, ingest.Host.EvidenceSize);
        var config = WriteConfig(ingest);
        Assert.Equal((0, $"{station.Key.Public.Id} ST-1 3\n"), await RunAsync("station", "pending", "--config", config));

        var pem = Path.Combine(ingest.Configuration.DataDirectory, "station.pem");
        await File.WriteAllTextAsync(pem, station.Key.Public.Pem, TestContext.Current.CancellationToken);
        string[] key = byFingerprint ? ["--fingerprint", station.Key.Public.Id.ToString()] : ["--key", pem];
        var (exit, _) = await RunAsync(["station", "enroll", "--config", config, "--station", "ST-1", "--section", "Jiekou", "--by", "test", .. key]);

        Assert.Equal(0, exit);
        await client.Receipted(station.Run, 3);
        Assert.Equal(records.Select(r => r.Digest), ingest.Digests());
        Assert.Equal(0, ingest.Evidence.Number("SELECT count(*) FROM pending"));
    }

    [Fact]
    public async Task Enroll_KeyOfAForgedRecord_RefusesTheRecordWhenItIsTakenUp()
    {
        using var station = new TestStation("ST-1");
        await using var ingest = await TestIngest.StartAsync();
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id);
        var forged = station.Next().Bytes.ToArray();
        forged[^1] ^= 1;
        await client.SendAsync(station, (ReadOnlyMemory<byte>)forged);
        Assert.Equal(1, ingest.Evidence.Number("SELECT count(*) FROM pending"));

        ingest.Host.EnrollStation(station.Id, "Jiekou", station.Key.Public, "test");

        await Until.True(() => ingest.Refusals().SequenceEqual(["signature"]), "the refusal");
        Assert.Equal(0, ingest.Evidence.Number("SELECT count(*) FROM pending"));
    }

    [Fact]
    public async Task Enroll_WithoutKeyOrWithBoth_SaysWhatToGive()
    {
        await using var ingest = await TestIngest.StartAsync();
        var error = new StringWriter();

        var exit = await IngestCommand.RunAsync(["station", "enroll", "--config", WriteConfig(ingest), "--station", "ST-1", "--section", "Jiekou"], TextWriter.Null, error);

        Assert.Equal((2, "Give exactly one of --key FILE and --fingerprint HEX.\n"), (exit, error.ToString()));
    }

    private static async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await IngestCommand.RunAsync(arguments, output, error);
        Assert.True(exit == 0, error.ToString());
        return (exit, output.ToString());
    }

    internal static string WriteConfig(TestIngest ingest)
    {
        var path = Path.Combine(ingest.Configuration.DataDirectory, "ingest.json");
        File.WriteAllText(path, $$"""{ "deployment": "test", "operator": "anhui", "dataDirectory": ".", "mqtt": { "host": { "port": {{ingest.MqttPort}} } } }""");
        return path;
    }
}
