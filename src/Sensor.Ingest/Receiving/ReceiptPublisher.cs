using System.Collections.Concurrent;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tracing;

namespace Sensor.Ingest.Receiving;

/// <summary>Signs and publishes what is durable. It knows a run only from a transaction that has ended.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ReceiptPublisher : IAsyncDisposable
{
    // So many are under way at once; what becomes due meanwhile waits for no more than these.
    private const int AtOnce = 32;
    private readonly ConcurrentDictionary<(string Station, LifeId Run), RunStanding> _durable = [];
    private readonly TraceCauses<(string Station, LifeId Run)> _causes = new();
    private readonly ReceiptSchedule _schedule = new();
    private readonly News _news = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly string _deployment;
    private readonly string _operator;
    private readonly ISigner _key;
    private readonly IReceiptChannel _channel;
    private readonly Action<bool> _published;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Task _loop;
    private volatile LogCheckpoint _checkpoint;

    public ReceiptPublisher(string deployment, string operatorId, ISigner key, IReceiptChannel channel, LogCheckpoint checkpoint, Action<bool> published, ILogger logger, TimeProvider time)
    {
        (_deployment, _operator, _key, _channel, _checkpoint, _published, _logger, _time) = (deployment, operatorId, key, channel, checkpoint, published, logger, time);
        _started = time.GetTimestamp();
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Takes the news of a durable transaction; of several in any order.</summary>
    public void Committed(AppendResult result)
    {
        foreach (var run in result.Owed.Concat(result.Runs))
        {
            _durable.AddOrUpdate((run.Station, run.Run), run, (_, known) => RunStanding.Later(known, run));
        }

        _checkpoint = LogCheckpoint.Later(_checkpoint, result.Checkpoint);
        _causes.Note(result.Runs.Concat(result.Owed).Select(run => (run.Station, run.Run)));
        var live = StationsOfLive(result);
        foreach (var run in result.Runs.Concat(result.Owed))
        {
            _schedule.Note(run.Station, run.Run, live.Contains(run.Station));
        }

        if (result.Runs.Count > 0)
        {
            _news.Note();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        _news.Dispose();
    }

    private static HashSet<string> StationsOfLive(AppendResult result) => result.Arrivals.OfType<RecordArrival>()
        .Where(record => record.Topic == Topics.Records(record.Decoded.Header.Station)).Select(record => record.Decoded.Header.Station).ToHashSet(StringComparer.Ordinal);

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                await WaitAsync();
                await Task.WhenAll(_schedule.Take(_time.GetElapsedTime(_started), AtOnce).Select(due => PublishAsync(due.Station, due.Run)));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping; the stations ask again.
        }
    }

    private async Task WaitAsync()
    {
        if (_schedule.Next() is not { } next)
        {
            await _news.WaitAsync(_stop.Token);
        }
        else if (next - _time.GetElapsedTime(_started) is { Ticks: > 0 } pause)
        {
            await Task.Delay(pause, _time, _stop.Token);
        }
    }

    private async Task PublishAsync(string station, LifeId run)
    {
        using var span = IngestTraces.Receipt(_causes.Take((station, run)), station, run);
        try
        {
            // The run before the log: whatever the run covers is inside the size that is stated.
            var standing = _durable[(station, run)];
            var receipt = Build(standing, _checkpoint);
            var envelope = Envelope.Sign(ContentTypes.Receipt, ReceiptCodec.Encode(receipt), _key);
            await _channel.PublishRetainedAsync(Topics.Receipt(station, _operator), envelope.Bytes.ToArray(), _stop.Token);
            _published(true);
        }
        catch (Exception e) when (e is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            _published(false);
            IngestTraces.Failed(span, e);
            _logger.LogWarning("The receipt for {Station} did not leave and is tried again: {Message}", station, e.Message);
            _schedule.Note(station, run);
        }
    }

    private Receipt Build(RunStanding standing, LogCheckpoint checkpoint) => new()
    {
        Deployment = _deployment,
        Station = standing.Station,
        Operator = _operator,
        Run = standing.Run,
        Through = standing.Through,
        Beyond = [.. standing.Beyond.Take(WireLimits.Ranges)],
        ThroughDigest = standing.ThroughDigest,
        Time = Instant.From(_time.GetUtcNow()),
        LogSize = checkpoint.Size,
        LogRoot = checkpoint.Root,
    };
}
