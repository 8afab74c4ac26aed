using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Configuration;
using Sensor.Edge.Health;
using Sensor.Edge.Outbox;
using Sensor.Edge.Sampling;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Sampling;

public sealed class RecordStoreTests : IDisposable
{
    private const int Bound = 4;

    private readonly TestFolder _folder = new();
    private readonly SigningKey _key = SigningKey.Create();
    private readonly StorageCondition _condition = new();
    private readonly StationConfiguration _configuration;
    private readonly StationOutbox _outbox;
    private readonly RecordStore _store;

    public RecordStoreTests()
    {
        _configuration = Some.Configuration(_folder, [("anhui", _key)]);
        _outbox = Some.Outbox(_configuration, _key);
        _store = new RecordStore(_outbox, _configuration.OutboxFile, _condition, new FatalFault(), new NeverStops(), TimeProvider.System, Some.Logger, Bound);
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Append_StorageTakesNothing_KeepsTheRecordsAndTheirOrder()
    {
        await AppendAsync(1);
        Break();
        await AppendAsync(2, 3);
        Assert.Equal((2, 0L, 2L), (_condition.State.Waiting, _condition.State.Dropped, _outbox.Tail));
        Assert.Contains("disk full", _condition.State.Fault, StringComparison.Ordinal);
        Repair();
        _store.Drain();
        await AppendAsync(4);
        Assert.Equal(new StorageState(null, 0, 0), _condition.State);
        Assert.Equal([Some.Body(1).Instant, Some.Body(2).Instant, Some.Body(3).Instant, Some.Body(4).Instant], Readings().Select(b => b.Instant));
    }

    [Fact]
    public async Task Append_MemoryIsFull_DropsTheOldestReadingsAndSignsThatTheyAreMissing()
    {
        Break();
        await _store.AppendAsync(new EventBody(new StationEvent { Type = EventType.Door, Kind = "opened" }), null, TestContext.Current.CancellationToken);
        await AppendAsync(1, 2, 3, 4, 5, 6);
        Assert.Equal((Bound, 3L), (_condition.State.Waiting, _condition.State.Dropped));
        Repair();
        _store.Drain();

        var bodies = Chain.Verified(_configuration.OutboxFile, _key.Public).ConvertAll(r => r.Record.Body);
        var missing = Assert.Single(Assert.IsType<ReadingsBody>(bodies[1]).Readings);
        Assert.Equal((MissingReason.NotReported, "probe", "3 readings dropped: the storage took no records and memory was full"), (missing.Missing, missing.Instrument, missing.Raw));
        Assert.Equal((Some.Body(1).Instant, Some.Body(3).Instant), (missing.SampledFrom, missing.SampledTo));
        Assert.Equal("opened", Assert.IsType<EventBody>(bodies[2]).Event.Kind);
        Assert.Equal([Some.Body(4).Instant, Some.Body(5).Instant, Some.Body(6).Instant], bodies[3..].Cast<ReadingsBody>().Select(b => b.Instant));
    }

    [Fact]
    public async Task Append_WithPosition_WaitsInItsSourceUntilTheStorageReturns()
    {
        Break();
        var waits = _store.AppendAsync(Some.Body(1), new DriverPosition("archive", "1"), TestContext.Current.CancellationToken);
        _store.Drain();
        Assert.False(waits.IsCompleted);
        Assert.Equal((0, (string?)null), (_condition.State.Waiting, _outbox.PositionOf("archive")));
        Repair();
        _store.Drain();
        await waits.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal("1", _outbox.PositionOf("archive"));
    }

    [Fact]
    public async Task Drain_RecordThatNobodyCouldRead_IsDroppedAndTheOthersAreStored()
    {
        Break();
        await AppendAsync(1);
        await _store.AppendAsync(new ReadingsBody(default, []), null, TestContext.Current.CancellationToken);
        await AppendAsync(2);
        Repair();
        _store.Drain();
        Assert.Equal(new StorageState(null, 0, 1), _condition.State);
        Assert.Equal([Some.Body(1).Instant, Some.Body(2).Instant], Readings().Select(b => b.Instant));
    }

    private async Task AppendAsync(params int[] numbers)
    {
        foreach (var number in numbers)
        {
            await _store.AppendAsync(Some.Body(number), null, TestContext.Current.CancellationToken);
        }
    }

    private IEnumerable<ReadingsBody> Readings() => Chain.Verified(_configuration.OutboxFile, _key.Public).Select(r => r.Record.Body).OfType<ReadingsBody>();

    private void Break() => Storage("CREATE TRIGGER full BEFORE INSERT ON record BEGIN SELECT RAISE(ABORT, 'disk full'); END");

    private void Repair() => Storage("DROP TRIGGER full");

    private void Storage(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_configuration.OutboxFile};Pooling=False");
        connection.Open();
        connection.Run(sql);
    }

    private sealed class NeverStops : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => throw new InvalidOperationException("nothing here stops the station");
    }
}
