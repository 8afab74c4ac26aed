using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Evidence.Postgres;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Evidence.Postgres;

public sealed class SequencerTests : IDisposable
{
    private readonly PostgresCluster _cluster;
    private readonly string _connection;
    private readonly TestStation _station = new("ST-1");
    private readonly PostgresDatabase _reading;

    public SequencerTests(PostgresCluster cluster)
    {
        (_cluster, _connection) = (cluster, cluster.CreateDatabase());
        _reading = PostgresDatabase.Open(_connection);
        PostgresSchema.Prepare(_reading);
    }

    [Fact]
    public void Pass_EarlierIdCommitsLater_TakesWhatAReaderByIdMisses()
    {
        using var sequencer = Begun();
        using var slow = PostgresDatabase.Open(_connection);
        var (first, second) = (_station.Next(), _station.Next());
        long cursor = 0;
        List<long> ReadOn()
        {
            var ids = _reading.Query("SELECT id FROM incoming WHERE id > $1 ORDER BY id", row => row.GetInt64(0), cursor);
            cursor = ids.Count > 0 ? ids[^1] : cursor;
            return ids;
        }

        slow.Transaction(() =>
        {
            Put(slow, first);
            Put(_reading, second);
            Assert.Equal([2L], ReadOn());
            Assert.Equal([Landing.New], sequencer.Pass()!.Landings);
            return true;
        });

        Assert.Empty(ReadOn());
        Assert.Equal([Landing.New], sequencer.Pass()!.Landings);
        Assert.Equal([second.Digest, first.Digest], TestIngest.DigestsOf(_reading));
        Assert.Equal(TestIngest.RootOf([second.Digest, first.Digest]), FrontierStore.CheckpointOf(_reading).Root);
    }

    [Fact]
    public async Task Append_WorkerKilledBetweenInsertAndIndex_LosesAndDoublesNothing()
    {
        var record = _station.Next();
        using var worker = Worker();
        var append = Task.Run(() => worker.Append([EvidenceArrivals.Of(record)]), TestContext.Current.CancellationToken);
        await Until.True(() => _reading.Number("SELECT count(*) FROM incoming") == 1, "the record is durable");
        Kill("pg_stat_activity.query NOT LIKE '%terminate%' AND pid <> " + _reading.ProcessId);

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => append);
        Assert.Equal(0, _reading.Number("SELECT count(*) FROM evidence"));

        using var other = PostgresEvidenceStore.Open(_connection, TimeProvider.System, NullLogger.Instance);
        var again = other.Append([EvidenceArrivals.Of(record)]);

        Assert.Equal([Landing.Repeat], again.Landings);
        Assert.Equal(1, Assert.Single(again.Runs).Through);
        Assert.Equal([record.Digest], TestIngest.DigestsOf(_reading));
    }

    [Fact]
    public void Pass_LostItsLockWhileItWasPaused_WritesNothing()
    {
        using var paused = Begun();
        Put(_reading, _station.Next());
        Assert.Single(paused.Pass()!.Landings);
        Put(_reading, _station.Next());
        Kill($"pid = {paused.LockProcessId}");
        using var next = new Sequencer(_connection, TimeProvider.System);
        Assert.True(SpinWait.SpinUntil(() => next.TryBegin(NullLogger.Instance), TimeSpan.FromSeconds(30)));
        var before = ProjectionDump.Of(_reading);

        Assert.Throws<FencedException>(() => paused.Pass());

        Assert.Equal(before, ProjectionDump.Of(_reading));
        Assert.Equal((1L, 2L), (paused.Term, next.Term));
        Assert.Equal([Landing.New], next.Pass()!.Landings);
        Assert.Equal(2, TestIngest.DigestsOf(_reading).Count);
    }

    [Fact]
    public async Task TryBegin_WhileTheOneBeforeIsInsideATransaction_WaitsForItsEnd()
    {
        using var paused = Begun();
        using var next = new Sequencer(_connection, TimeProvider.System);
        var began = Task.CompletedTask;
        paused.Write.Transaction(() =>
        {
            Kill($"pid = {paused.LockProcessId}");
            began = Task.Run(() => Assert.True(SpinWait.SpinUntil(() => next.TryBegin(NullLogger.Instance), TimeSpan.FromSeconds(30))), TestContext.Current.CancellationToken);
            Assert.True(SpinWait.SpinUntil(() => _reading.Number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0, TimeSpan.FromSeconds(30)));
            Assert.False(began.IsCompleted);
            return true;
        });

        await began;
        Assert.Equal(2, next.Term);
    }

    [Fact]
    public void TryBegin_WhileAnotherIsTheSequencer_IsFalse()
    {
        using var first = Begun();
        using var second = new Sequencer(_connection, TimeProvider.System);

        Assert.False(second.TryBegin(NullLogger.Instance));
        first.Dispose();
        Assert.True(SpinWait.SpinUntil(() => second.TryBegin(NullLogger.Instance), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Pass_SessionKilledInsideATransaction_LeavesItToTheNext()
    {
        using var sequencer = Begun();
        var record = _station.Next();
        Put(_reading, record);
        Assert.ThrowsAny<NpgsqlException>(() => sequencer.Write.Transaction(() =>
        {
            Kill($"pid = {sequencer.Write.ProcessId}");
            return sequencer.Pass();
        }));

        Assert.Empty(TestIngest.DigestsOf(_reading));
        Assert.Equal([Landing.New], sequencer.Pass()!.Landings);
        Assert.Equal(new LogCheckpoint(1, TestIngest.RootOf([record.Digest])), FrontierStore.CheckpointOf(_reading));
    }

    [Fact]
    public void Pass_RowThatCannotBeRead_DoesNotHoldUpTheOthers()
    {
        using var sequencer = Begun();
        var records = new[] { _station.Next(), _station.Next() };
        Put(_reading, records[0]);
        _reading.Execute("INSERT INTO incoming(batch, place, kind, topic, bytes, received_at) VALUES($1, 0, 0::smallint, 't', $2, 0)", Guid.NewGuid(), new byte[] { 1 });
        Put(_reading, records[1]);

        while (sequencer.Pass() is not null)
        {
        }

        Assert.Equal(records.Select(r => r.Digest), TestIngest.DigestsOf(_reading));
        Assert.Contains("cannot be read", Assert.Single(_reading.Query("SELECT problem FROM incoming WHERE landing = -1", row => row.GetString(0))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_SeveralWorkersWithTheSameRecords_GivesDenseIndexesAndEachDigestOnce()
    {
        var records = Enumerable.Range(0, 120).Select(_ => _station.Next()).ToList();
        var workers = Enumerable.Range(0, 3).Select(_ => PostgresEvidenceStore.Open(_connection, TimeProvider.System, NullLogger.Instance)).ToList();

        var landings = await Task.WhenAll(workers.Select((worker, i) => Task.Run(
            () => records.Skip(20 * i).Take(80).Chunk(7).SelectMany(chunk => worker.Append([.. chunk.Select(EvidenceArrivals.Of)]).Landings).ToList(), TestContext.Current.CancellationToken)));

        Assert.Equal(120, landings.SelectMany(l => l).Count(l => l == Landing.New));
        Assert.Equal(120, landings.SelectMany(l => l).Count(l => l == Landing.Repeat));
        var digests = TestIngest.DigestsOf(_reading);
        Assert.Equal(records.Select(r => r.Digest).Order(), digests.Order());
        Assert.Equal(new LogCheckpoint(120, TestIngest.RootOf(digests)), workers[0].Checkpoint);
        Assert.Equal(120, Assert.Single(workers[1].Append([EvidenceArrivals.Of(records[0])]).Runs).Through);
        Assert.Equal(0, _reading.Number("SELECT count(*) FROM incoming"));
        workers.ForEach(worker => worker.Dispose());
    }

    [Fact]
    public void Append_ReadingsOfSeveralTimes_LieInTheirMonthAndWildClocksApart()
    {
        using var store = PostgresEvidenceStore.Open(_connection, TimeProvider.System, NullLogger.Instance);
        foreach (var at in new[] { 0L, 1_598_918_399_999, 1_598_918_400_000 })
        {
            store.Append([EvidenceArrivals.Of(_station.Next("1.00", new Instant(at)))]);
        }

        Assert.Equal(
            [("observation_2020_08", 1_598_918_399_999), ("observation_2020_09", 1_598_918_400_000), ("observation_other", 0L)],
            _reading.Query("SELECT tableoid::regclass::text, instant FROM observation ORDER BY 1", row => (row.GetString(0), row.GetInt64(1))));
    }

    public void Dispose()
    {
        _reading.Dispose();
        _station.Dispose();
        _cluster.Drop(_connection);
    }

    private Sequencer Begun()
    {
        var sequencer = new Sequencer(_connection, TimeProvider.System);
        Assert.True(sequencer.TryBegin(NullLogger.Instance));
        return sequencer;
    }

    private PostgresEvidenceStore Worker() => PostgresEvidenceStore.Open(_connection, TimeProvider.System, NullLogger.Instance, sequences: false);

    private void Kill(string which) => _reading.Query($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND {which}", row => row.GetBoolean(0));

    private static void Put(PostgresDatabase worker, Envelope record) => new Incoming(worker).Put(Guid.NewGuid(), [EvidenceArrivals.Of(record)], TestStation.Start);
}
