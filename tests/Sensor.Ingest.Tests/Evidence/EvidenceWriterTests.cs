using Sensor.Contracts;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Evidence;

public sealed class EvidenceWriterTests
{
    [Fact]
    public async Task WriteAsync_LiveAfterALongBacklog_IsInTheNextTransactionAndBeforeIt()
    {
        var (stop, store) = (TestContext.Current.CancellationToken, new HeldStore());
        using var meters = new IngestMeters(() => 1);
        await using var writer = new EvidenceWriter(store, meters, _ => { });
        var first = writer.WriteAsync(Of("first", 1), stop, backlog: true);
        await Until.True(() => store.Begun == 1, "the first transaction is under way");
        var backlog = Enumerable.Range(0, 100).Select(_ => writer.WriteAsync(Of("backlog", 64), stop, backlog: true)).ToList();
        var live = writer.WriteAsync(Of("live", 1), stop);

        store.Go();
        await first;
        await Until.True(() => store.Begun == 2, "the second transaction is under way");
        Assert.Equal("live", store.Taken[1][0]);
        Assert.InRange(store.Taken[1].Count(topic => topic == "backlog"), 1, 1024);
        store.Go();
        await live;

        Assert.False(backlog[^1].IsCompleted);
        store.GoOn();
        await Task.WhenAll(backlog);
        Assert.Equal(1 + 1 + 6400, store.Taken.Sum(taken => taken.Count));
    }

    [Fact]
    public async Task DisposeAsync_WorkThatWaits_IsWritten()
    {
        var (stop, store) = (TestContext.Current.CancellationToken, new HeldStore());
        using var meters = new IngestMeters(() => 1);
        var writer = new EvidenceWriter(store, meters, _ => { });
        var written = Enumerable.Range(0, 50).Select(i => writer.WriteAsync(Of("any", 1), stop, backlog: i % 2 == 0)).ToList();

        store.GoOn();
        await writer.DisposeAsync();

        await Task.WhenAll(written);
        Assert.Equal(50, store.Taken.Sum(taken => taken.Count));
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

            Assert.True(_go.Wait(TimeSpan.FromSeconds(60)), "nobody let the transaction end");
            return new AppendResult(arrivals, [.. arrivals.Select(_ => Landing.Refused)], [], Checkpoint);
        }

        public AppendResult TakeUpPending(IReadOnlySet<Digest> keyIds, Func<string, ReadOnlyMemory<byte>, Arrival> examine) => new([], [], [], Checkpoint);

        public void Dispose() => _go.Dispose();
    }
}
