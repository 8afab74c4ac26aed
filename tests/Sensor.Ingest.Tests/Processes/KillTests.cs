using Sensor.Contracts.Keys;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Registry;
using Sensor.Ingest.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Processes;

/// <summary>The built program, killed without warning in the middle of a stream.</summary>
public sealed class KillTests
{
    private const int Records = 400;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(20200508, Trials.Of(reduced: 2, full: 25))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Run_KilledSeveralTimes_HoldsExactlyTheRecordsOnceWithTheCleanRoot(int seed)
    {
        var random = new Random(seed);
        var port = TestIngest.FreePort();
        await using var mosquitto = await Mosquitto.StartAsync(port);
        var folder = Directory.CreateTempSubdirectory("waterwatch-kill-").FullName;
        using var operatorKey = SigningKey.LoadOrCreate(Path.Combine(folder, "operator.key.pem"));
        await using var station = new ResendingStation("ST-1", Records, port, operatorKey.Public);
        using (var registry = RegistryStore.Open(folder, TimeProvider.System))
        {
            registry.Enroll("ST-1", "Jiekou", station.Station.Key.Public, null, "test");
        }

        var ingest = IngestProcess.Start(folder, External(port));
        try
        {
            for (var kills = 0; kills < 4; kills++)
            {
                // Receipted up to somewhere, and more on its way at the moment of the kill.
                await station.ReceiptedAsync((kills * Records / 5) + random.Next(1, Records / 5));
                await station.SendAsync((kills + 1) * Records / 5);
                await ingest.KillAsync();
                ingest.Dispose();
                ingest = IngestProcess.Start(folder, External(port));
            }

            await station.ReceiptedAsync(Records);
            await ingest.StopAsync();
        }
        finally
        {
            ingest.Dispose();
        }

        using var evidence = Database.OpenForReading(EvidenceLog.PathIn(folder));
        var held = TestIngest.DigestsOf(evidence);
        Assert.Equal(station.Records.Select(r => r.Digest).Order(), held.Order());
        using var log = EvidenceLog.Open(folder, TimeProvider.System);
        Assert.Equal(new LogCheckpoint(Records, TestIngest.RootOf(held)), log.Checkpoint);
        Assert.Equal(Records, evidence.Number("SELECT count(*) FROM observation"));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("mqtt.host.port")]
    [InlineData("http.port")]
    public async Task Run_PortTaken_SaysWhichAndWhatChangesItAndNothingElse(string setting)
    {
        await using var first = await TestIngest.StartAsync();
        var folder = Directory.CreateTempSubdirectory("waterwatch-port-").FullName;
        var http = setting == "http.port";
        var port = http ? first.Host.HttpAddress.Port : first.MqttPort;

        using var ingest = IngestProcess.Start(folder, Hosted(http ? TestIngest.FreePort() : port), http: http ? port : 0);
        var process = ingest.Process;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((1, "", $"Port {port} of 127.0.0.1 is taken by another program. Choose another with {setting}.\n"), (process.ExitCode, await output, error));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Run_BrokerIsAway_LogsToStandardErrorOnly()
    {
        var folder = Directory.CreateTempSubdirectory("waterwatch-log-").FullName;
        using var ingest = IngestProcess.Start(folder, External(TestIngest.FreePort()));
        var output = ingest.Process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var line = await ingest.Process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        await ingest.StopAsync();

        Assert.Contains("Check mqtt.connect.host", line, StringComparison.Ordinal);
        Assert.Equal("", await output);
        Directory.Delete(folder, recursive: true);
    }

    private static string External(int port) => $$"""{ "connect": { "host": "127.0.0.1", "port": {{port}} } }""";

    private static string Hosted(int port) => $$"""{ "host": { "port": {{port}} } }""";
}
