using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Receiving;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Gaps;

/// <summary>
/// Asks stations for what lacks. The request is a receipt: signed, retained, and it says exactly what is held, so a station that had been receipted
/// for more sends the rest again, once or a hundred times with the same effect.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class GapWatch : IAsyncDisposable
{
    /// <summary>How often it is looked up what lacks.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    /// <summary>Likewise, until there is a broker to ask by.</summary>
    private static readonly TimeSpan FirstPace = TimeSpan.FromMilliseconds(250);

    private readonly IngestConfiguration _configuration;
    private readonly ISqlDatabase _evidence;
    private readonly GapReader _reader;
    private readonly LostTail _lost;
    private readonly RequestSchedule _schedule = new();
    private readonly Func<RegistrySnapshot> _registry;
    private readonly IStationListener _listener;
    private readonly PublicKey _key;
    private readonly LogCheckpoint _opened;
    private readonly Action<AppendResult> _publish;
    private readonly GapMeters _meters;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Instant _wall;
    private readonly long _start;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private bool _lookedBack;
    private bool _listening;
    private bool _began;

    /// <param name="configuration">Whose gaps.</param>
    /// <param name="evidence">The evidence, for reading.</param>
    /// <param name="opened">The log as it was opened.</param>
    /// <param name="registry">The keys.</param>
    /// <param name="listener">Where stations are heard.</param>
    /// <param name="key">The key of this operator's receipts.</param>
    /// <param name="publish">Publishes how a run stands.</param>
    /// <param name="logger">Says what lacks.</param>
    /// <param name="time">The clock of the pauses.</param>
    public GapWatch(IngestConfiguration configuration, ISqlDatabase evidence, LogCheckpoint opened, Func<RegistrySnapshot> registry, IStationListener listener, PublicKey key, Action<AppendResult> publish, ILogger logger, TimeProvider time)
    {
        (_configuration, _evidence, _opened, _registry, _listener, _key, _publish, _logger, _time) = (configuration, evidence, opened, registry, listener, key, publish, logger, time);
        (_reader, _lost, _wall, _start) = (new GapReader(evidence), new LostTail(configuration, evidence, logger), Now, time.GetTimestamp());
        _meters = new GapMeters(Views);
    }

    /// <summary>Reads our own receipts back, before the first new one can take the place of any. A broker that cannot be asked now is asked later.</summary>
    public async Task LookBackAsync(CancellationToken stop)
    {
        if (_lookedBack || _configuration.Mqtt is not ExternalBroker broker)
        {
            return;
        }

        try
        {
            var receipts = await OwnReceipts.ReadAsync(broker, _configuration.Deployment, _configuration.Operator, _key, stop);
            _lost.Take([.. receipts.Where(receipt => receipt.Time < _wall || !_listening)], _opened, Now);
            _lookedBack = true;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // Without a broker the listener says so; with one this does not come right by itself.
            _lookedBack = _listener.Connected;
            _logger.Log(_lookedBack ? LogLevel.Warning : LogLevel.Debug, "Our own receipts could not be read back, so whether the store was put back is not known from them: {Message}", e.Message);
        }
    }

    /// <summary>Begins to ask, now that stations are heard.</summary>
    public void Start()
    {
        _listening = true;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Notes that stations were heard.</summary>
    public void Heard(IEnumerable<string> stations)
    {
        lock (_lock)
        {
            foreach (var station in stations.Distinct(StringComparer.Ordinal))
            {
                _schedule.Heard(station, Passed);
            }
        }
    }

    /// <summary>What lacks now and what became of the requests.</summary>
    public IReadOnlyList<GapView> Views()
    {
        var (gaps, registry) = (_reader.All(_lost.Receipted), _registry());
        lock (_lock)
        {
            return [.. gaps.Select(gap => GapView.Of(gap, _schedule.Of(gap.Station, gap.Run), IsRefused(registry, gap.Station)))];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _meters.Dispose();
        _stop.Dispose();
    }

    private TimeSpan Passed => _time.GetElapsedTime(_start);

    private Instant Now => Instant.From(_time.GetUtcNow());

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                await LookAsync();
                await Task.Delay(_began ? Pace : FirstPace, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping; the next start asks again.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            if (_listener.Connected)
            {
                await LookBackAsync(_stop.Token);
                Ask();
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            _logger.LogWarning("What lacks could not be asked for and is asked for later: {Message}", e.Message);
        }
    }

    private void Ask()
    {
        var (gaps, registry) = (_reader.All(_lost.Receipted), _registry());
        var lacks = gaps.Where(gap => !IsRefused(registry, gap.Station)).GroupBy(gap => (gap.Station, gap.Run)).ToDictionary(run => run.Key, run => run.Sum(gap => gap.Count));
        lock (_lock)
        {
            // How far a last run went, only its station knows: so the first thing that each hears is what is held.
            var opening = _began ? [] : _reader.LastRuns().Where(run => !lacks.ContainsKey(run));
            _schedule.Take(lacks, _began ? RequestSchedule.First : TimeSpan.Zero, Passed);
            foreach (var run in opening)
            {
                Publish(run);
            }

            foreach (var run in _schedule.Due(Passed))
            {
                Publish(run);
                _schedule.Asked(run, Now, Passed);
                _meters.Asked();
                _logger.LogInformation("{Station} is asked for {Count} records of run {Run}", run.Station, lacks[run], run.Run);
            }

            _began = true;
        }
    }

    // The run before the log: whatever the run covers is inside the size that is stated.
    private void Publish((string Station, LifeId Run) run)
    {
        var standing = new RunLedger(_evidence).Standing(run.Station, run.Run);
        _publish(new AppendResult([], [], [standing], FrontierStore.CheckpointOf(_evidence)));
    }

    private static bool IsRefused(RegistrySnapshot registry, string station) => registry.Keys.Where(key => key.Station == station).ToList() is { Count: > 0 } keys && keys.All(key => key.RevokedAt is not null);
}
