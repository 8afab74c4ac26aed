using Sensor.Contracts.Keys;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Processes;

/// <summary>Ingest, broker and database killed without warning, one after another, while stations send.</summary>
public sealed class PartsKilledTests : IDisposable
{
    private const int Stations = 4;
    private static readonly int Rounds = Trials.Of(reduced: 1, full: 8);
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-parts-").FullName;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_EachPartKilledInTurnUnderLoad_EndsWithTheUnionOfWhatWasSentAndNoReceiptTooMany(bool postgres)
    {
        using var cluster = postgres ? new PostgresCluster("") : null;
        var (port, store) = (TestIngest.FreePort(), cluster?.CreateStore());
        var (kills, seed) = (Rounds * (postgres ? 3 : 2), 20201125);
        var (random, atOnce) = (new Random(seed), 60);
        using var operatorKey = SigningKey.LoadOrCreate(Path.Combine(_folder, "operator.key.pem"));
        var stations = ResendingStation.Enrolled(Configuration(store), Stations, (kills + 1) * atOnce, port, operatorKey.Public);
        var mosquitto = await Mosquitto.StartAsync(port);
        var ingest = Start(port, store);
        try
        {
            for (var kill = 0; kill < kills; kill++)
            {
                await Task.WhenAll(stations.Select(s => s.ReceiptedAsync((kill * atOnce) + random.Next(1, atOnce), 120)));
                var sending = Task.WhenAll(stations.Select(s => s.SendAsync((kill + 1) * atOnce, atOnce: 1)));
                switch (kill % (postgres ? 3 : 2))
                {
                    case 0:
                        await ingest.KillAsync();
                        ingest.Dispose();
                        ingest = Start(port, store);
                        break;
                    case 1:
                        await mosquitto.DisposeAsync();
                        mosquitto = await Mosquitto.StartAsync(port);
                        break;
                    default:
                        cluster!.Kill();
                        cluster.StartAgain();
                        break;
                }

                await sending;
            }

            await Task.WhenAll(stations.Select(s => s.ReceiptedAsync((kills + 1) * atOnce, 120)));
            await ingest.StopAsync();
        }
        finally
        {
            ingest.Dispose();
            await mosquitto.DisposeAsync();
        }

        using var evidence = EvidenceStores.OpenForReading(Configuration(store));
        var held = TestIngest.DigestsOf(evidence);
        Assert.Equal(stations.SelectMany(s => s.Records).Select(r => r.Digest).Order(), held.Order());
        Assert.Equal(TestIngest.RootOf(held), FrontierStore.CheckpointOf(evidence).Root);
        ReceiptChecks.EveryReceiptIsCovered(stations, evidence);
        foreach (var station in stations)
        {
            await station.DisposeAsync();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IngestConfiguration Configuration(PostgresStore? store) =>
        new() { Deployment = "test", Operator = "anhui", DataDirectory = _folder, KeyFile = Path.Combine(_folder, "operator.key.pem"), Mqtt = new HostedBroker(), Store = store is null ? new SqliteStore() : store };

    private IngestProcess Start(int port, PostgresStore? store) => IngestProcess.Start(
        _folder, $$"""{ "connect": { "host": "127.0.0.1", "port": {{port}} } }""", store is null ? """{ "kind": "sqlite" }""" : $$"""{ "kind": "postgres", "connection": "{{store.Connection}}" }""");
}
