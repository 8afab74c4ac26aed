using System.Data.Common;
using System.Diagnostics;
using Sensor.Contracts;
using Sensor.Ingest.Tracing;

namespace Sensor.Ingest.Evidence;

/// <summary>Hands what arrives on any connection to the one thread that writes: whatever waits becomes one transaction, live records before those of a backlog.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EvidenceWriter : IAsyncDisposable
{
    private const int MostAtOnce = 2048;

    // A live record waits for one transaction at most that is under way; this bounds how long that one takes.
    private const int MostBacklogAtOnce = 1024;
    private readonly IEvidenceStore _log;
    private readonly IngestMeters _meters;
    private readonly Action<AppendResult> _committed;
    private readonly WaitingWork<Work> _waiting = new(4 * MostAtOnce);
    private readonly Task _loop;

    /// <param name="log">The log; from now on only this writer uses it.</param>
    /// <param name="meters">Counts what became of everything.</param>
    /// <param name="committed">Called after each durable transaction, on the writer's thread, before anyone who waits is told.</param>
    public EvidenceWriter(IEvidenceStore log, IngestMeters meters, Action<AppendResult> committed)
    {
        _log = log;
        (_meters, _committed) = (meters, committed);
        // A thread of its own: a commit waits for the disk, and those who receive are not to wait for a thread meanwhile.
        _loop = Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Writes the arrivals of one message. The task ends when they are durable, or with what hindered it.</summary>
    /// <param name="arrivals">What arrived.</param>
    /// <param name="stop">Ends the wait for room.</param>
    /// <param name="backlog">Whether it may wait behind what is live.</param>
    public async Task WriteAsync(IReadOnlyList<Arrival> arrivals, CancellationToken stop, bool backlog = false)
    {
        _meters.Came(arrivals);
        var work = new Work(arrivals, null);
        await _waiting.AddAsync(work, backlog, stop);
        await work.Done.Task;
    }

    /// <summary>Takes up what waited for keys that are known by now.</summary>
    public async Task TakeUpAsync(IReadOnlySet<Digest> keyIds, Func<string, ReadOnlyMemory<byte>, Arrival> examine)
    {
        var work = new Work([], () => _log.TakeUpPending(keyIds, examine));
        if (_waiting.TryAdd(work))
        {
            await work.Done.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Complete();
        await _loop;
        _log.Dispose();
    }

    private void Loop()
    {
        while (_waiting.WaitAsync().AsTask().GetAwaiter().GetResult())
        {
            var batch = _waiting.Take(work => work.Arrivals.Count + 1, MostAtOnce, MostBacklogAtOnce);
            foreach (var special in batch.Where(w => w.Special is not null))
            {
                Complete([special], special.Special!);
            }

            Write([.. batch.Where(w => w.Special is null)]);
        }
    }

    private void Write(List<Work> batch)
    {
        if (batch.Count > 0 && !Complete(batch, () => _log.Append([.. batch.SelectMany(w => w.Arrivals)]), alone: batch.Count == 1))
        {
            // Something other than the disk failed: let it not cost those who only happened to wait at the same time.
            batch.ForEach(work => Complete([work], () => _log.Append(work.Arrivals)));
        }
    }

    private bool Complete(List<Work> batch, Func<AppendResult> append, bool alone = true)
    {
        using var span = IngestTraces.Commit(batch.Select(w => w.Cause), batch.Sum(w => w.Arrivals.Count));
        try
        {
            var begun = Stopwatch.GetTimestamp();
            var result = append();
            _meters.CommitSeconds.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            _meters.Committed(result);
            IngestTraces.Committed(span, result);
            _committed(result);
            batch.ForEach(work => work.Done.TrySetResult());
        }
        catch (Exception e) when (alone || e is DbException or IOException)
        {
            Failed(span, e);
            batch.ForEach(work => work.Done.TrySetException(e));
        }
        catch (Exception e)
        {
            Failed(span, e);
            return false;
        }

        return true;
    }

    private void Failed(Activity? span, Exception reason)
    {
        _meters.CommitFailed();
        IngestTraces.Failed(span, reason);
    }

    private sealed record Work(IReadOnlyList<Arrival> Arrivals, Func<AppendResult>? Special)
    {
        public ActivityContext? Cause { get; } = IngestTraces.Here;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
