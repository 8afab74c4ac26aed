using Sensor.Contracts.Keys;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Evidence.Postgres;
using Sensor.Ingest.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Processes;

/// <summary>A service and two workers on a shared subscription of a real mosquitto, with the evidence in a real PostgreSQL.</summary>
public sealed class WorkersTests(PostgresCluster cluster) : IDisposable
{
    private const int Stations = 6;
    private static readonly int Records = Trials.Of(reduced: 120, full: 2000);
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-workers-").FullName;

    [Fact]
    public async Task Work_WorkerKilledWhileItHoldsUnacknowledgedMessages_LosesAndDoublesNothing()
    {
        var (port, store) = (TestIngest.FreePort(), cluster.CreateStore());
        await using var mosquitto = await Mosquitto.StartAsync(port);
        using var operatorKey = SigningKey.LoadOrCreate(Path.Combine(_folder, "operator.key.pem"));
        using var evidence = PostgresDatabase.Open(PostgresSettings.ConnectionString(store));
        var stations = ResendingStation.Enrolled(TestIngest.Configure(TestIngest.External(port)) with { Store = store }, Stations, Records, port, operatorKey.Public);
        using var service = Start(port, store, "run");
        await Until.True(() => IsSequenced(evidence), "the service is the sequencer, and not the worker that is stopped", 60);
        var workers = new[] { Start(port, store, "work"), Start(port, store, "work") };
        try
        {
            await Until.True(() => Shares(evidence) >= 0 && Sessions(evidence) >= 9, "all three have opened the store", 60);
            await Task.WhenAll(stations.Select(s => s.ReceiptedAsync(Records / 4)));

            // A stopped worker goes on being handed its share and answers for none of it.
            await workers[0].SignalAsync("STOP");
            var before = Shares(evidence);
            await Task.WhenAll(stations.Select(s => s.SendAsync(Records / 2, atOnce: 1)));
            await Until.True(() => Shares(evidence) > before + (Stations * Records / 16), "the others took their shares", 60);
            var open = Sessions(evidence);
            await workers[0].KillAsync();
            Assert.True(stations.Min(s => s.Receipted) < Records / 2, "the killed worker held something");

            workers[0].Dispose();
            await Until.True(() => Sessions(evidence) < open, "the sessions of the killed worker are gone", 60);
            workers[0] = Start(port, store, "work");
            await Until.True(() => Sessions(evidence) >= open, "its successor has opened the store", 60);
            await Task.WhenAll(stations.Select(s => s.ReceiptedAsync(Records)));
            await service.StopAsync();
            await Task.WhenAll(workers.Select(w => w.StopAsync()));
        }
        finally
        {
            Array.ForEach(workers, w => w.Dispose());
        }

        var held = TestIngest.DigestsOf(evidence);
        Assert.Equal(stations.SelectMany(s => s.Records).Select(r => r.Digest).Order(), held.Order());
        Assert.Equal(TestIngest.RootOf(held), FrontierStore.CheckpointOf(evidence).Root);
        ReceiptChecks.EveryReceiptIsCovered(stations, evidence);
        await DisposeAsync(stations);
    }

    [Fact]
    public async Task Run_ASecondServiceOnOneDatabase_IsRefusedWithTheRemedy()
    {
        var store = cluster.CreateStore();
        await using var first = await TestIngest.StartAsync(store: store);
        using var second = Start(TestIngest.FreePort(), store, "run");
        var error = await second.EndedAsync();

        Assert.Equal(1, second.Process.ExitCode);
        Assert.Contains("another 'waterwatch-ingest run' serves this database. Stop it, or start this one as a worker: 'waterwatch-ingest work'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_WithoutASharedSubscription_IsRefusedWithTheRemedy()
    {
        using var worker = IngestProcess.Start(_folder, """{ "connect": { "host": "127.0.0.1" } }""", command: "work");
        var error = await worker.EndedAsync();

        Assert.Equal(2, worker.Process.ExitCode);
        Assert.Contains("needs a store of the kind postgres and mqtt.connect with share", error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static long Sessions(PostgresDatabase evidence) =>
        evidence.Number("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'waterwatch-ingest' AND datname = current_database()")!.Value;

    private static bool IsSequenced(PostgresDatabase evidence) => evidence.Number(
        "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND l.granted AND l.classid = $1::bigint::oid AND d.datname = current_database()",
        (long)AdvisoryLocks.Sequencer) > 0;

    private static long Shares(PostgresDatabase evidence) => evidence.Query("SELECT 1 FROM pg_class WHERE oid = to_regclass('evidence')", _ => true).Count == 0 ? -1 : evidence.Number("SELECT count(*) FROM evidence")!.Value;

    private static async Task DisposeAsync(IEnumerable<ResendingStation> stations)
    {
        foreach (var station in stations)
        {
            await station.DisposeAsync();
        }
    }

    private IngestProcess Start(int port, PostgresStore store, string command) => IngestProcess.Start(
        _folder, $$"""{ "connect": { "host": "127.0.0.1", "port": {{port}}, "share": "anhui" } }""", $$"""{ "kind": "postgres", "connection": "{{store.Connection}}" }""", command: command, name: command);
}
