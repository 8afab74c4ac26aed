using Sensor.Contracts;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Evidence;

public sealed class EvidenceWriterTests
{
    private readonly HeldStore _store = new();

    [Fact]
    public async Task WriteAsync_LiveAfterALongBacklog_IsInTheNextTransactionAndBeforeIt()
    {
        using var meters = new IngestMeters(() => 1);
        await using var writer = new EvidenceWriter(_store, meters, _ => { });
        var first = writer.WriteAsync(Of("first", 1), default, backlog: true);
        await Until.True(() => _store.Begun == 1, "the first transaction is under way");
        var backlog = Enumerable.Range(0, 100).Select(_ => writer.WriteAsync(Of("backlog", 64), default, backlog: true)).ToList();
        var live = writer.WriteAsync(Of("live", 1), default);

        _store.Go();
        await first;
        await Until.True(() => _store.Begun == 2, "the second transaction is under way");
        Assert.Equal("live", _store.Taken[1][0]);
        Assert.InRange(_store.Taken[1].Count(topic => topic == "backlog"), 1, 1024);
        _store.Go();
        await live;

        Assert.False(backlog[^1].IsCompleted);
        _store.GoOn();
        await Task.WhenAll(backlog);
        Assert.Equal(1 + 1 + 6400, _store.Taken.Sum(taken => taken.Count));
    }

    [Fact]
    public async Task DisposeAsync_WorkThatWaits_IsWritten()
    {
        using var meters = new IngestMeters(() => 1);
        var writer = new EvidenceWriter(_store, meters, _ => { });
        var written = Enumerable.Range(0, 50).Select(i => writer.WriteAsync(Of("any", 1), default, backlog: i % 2 == 0)).ToList();

        _store.GoOn();
        await writer.DisposeAsync();

        Assert.All(written, task => Assert.True(task.IsCompletedSuccessfully));
    }

    private static IReadOnlyList<Arrival> Of(string topic, int count) => [.. Enumerable.Repeat(new RefusedArrival(topic, "outer-form", "", ReadOnlyMemory<byte>.Empty), count)];

    /// <summary>A store whose transactions end when they are told to.</summary>
    private sealed class HeldStore : IEvidenceStore
    {
        private readonly SemaphoreSlim _go = new(0);
        private readonly List<IReadOnlyList<string>> _taken = [];

        public LogCheckpoint Checkpoint { get; } = new(0, Digest.Of([]));

        public IReadOnlyList<IReadOnlyList<string>> Taken
        {
            get
            {
                lock (_taken)
                {
                    return [.. _taken];
                }
            }
        }

        public int Begun => Taken.Count;

        public void Go() => _go.Release();

        public void GoOn() => _go.Release(10_000);

        public AppendResult Append(IReadOnlyList<Arrival> arrivals)
        {
            lock (_taken)
            {
                _taken.Add([.. arrivals.Select(a => a.Topic)]);
            }

            _go.Wait();
            return new AppendResult(arrivals, [.. arrivals.Select(_ => Landing.Refused)], [], Checkpoint);
        }

        public AppendResult TakeUpPending(IReadOnlySet<Digest> keyIds, Func<string, ReadOnlyMemory<byte>, Arrival> examine) => new([], [], [], Checkpoint);

        public void Dispose() => _go.Dispose();
    }
}
