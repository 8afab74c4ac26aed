using Sensor.Compliance.Outcomes;
using Sensor.Ingest.Tracing;

namespace Sensor.Ingest.Windows;

/// <summary>Evaluates when new evidence came and it has been quiet for a moment, or when news have waited long enough.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EvaluationLoop : IAsyncDisposable
{
    /// <summary>How long it must be quiet.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    /// <summary>How long news wait at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Evaluator _evaluator;
    private readonly Action<TimeSpan> _took;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _one = new(1);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _stations = new(StringComparer.Ordinal);
    private readonly TraceCauses<string> _causes = new();
    private readonly ITimer _timer;
    private long? _firstNews;
    private bool _all;

    public EvaluationLoop(Evaluator evaluator, Action<TimeSpan> took, ILogger logger, TimeProvider time)
    {
        (_evaluator, _took, _logger, _time) = (evaluator, took, logger, time);
        _timer = time.CreateTimer(_ => _ = DueAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Notes that stations have new evidence; null for all of them, as after a change of the registry.</summary>
    public void Note(IEnumerable<string>? stations)
    {
        lock (_lock)
        {
            _all |= stations is null;
            _causes.Note(stations ?? []);
            _stations.UnionWith(stations ?? []);
            _firstNews ??= _time.GetTimestamp();
            var latest = Longest - _time.GetElapsedTime(_firstNews.Value);
            _timer.Change(latest < Quiet ? (latest > TimeSpan.Zero ? latest : TimeSpan.Zero) : Quiet, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Evaluates everything now.</summary>
    public Task<IReadOnlyList<Outcome>> NowAsync(CancellationToken stop) => RunAsync(null, stop);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _timer.DisposeAsync();

        // Never given back: what still waits for its turn was cancelled.
        await _one.WaitAsync();
    }

    private async Task DueAsync()
    {
        try
        {
            await RunAsync(TakeNews(), _stop.Token);
        }
        catch (Exception e) when (!_stop.IsCancellationRequested)
        {
            _logger.LogError(e, "An evaluation failed; the evidence is not touched and the next news evaluate everything");
            lock (_lock)
            {
                _all = true;
            }
        }
        catch (Exception)
        {
            // Stopping; the next start evaluates everything.
        }
    }

    private HashSet<string>? TakeNews()
    {
        lock (_lock)
        {
            var news = _all ? null : _stations.ToHashSet(StringComparer.Ordinal);
            _stations.Clear();
            (_firstNews, _all) = (null, false);
            return news;
        }
    }

    private async Task<IReadOnlyList<Outcome>> RunAsync(IReadOnlySet<string>? stations, CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            var begun = _time.GetTimestamp();
            using var span = IngestTraces.Evaluate(_causes.Take(stations), stations);
            var outcomes = await Task.Run(() => _evaluator.Evaluate(stations), stop);
            _took(_time.GetElapsedTime(begun));
            return outcomes;
        }
        finally
        {
            _one.Release();
        }
    }
}
