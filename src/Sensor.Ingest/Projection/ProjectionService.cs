using Polly;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Receiving;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Projection;

/// <summary>
/// Keeps InfluxDB up with the evidence, on a task and on connections of its own: neither receipts nor evaluations ever wait for it.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ProjectionService : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private readonly InfluxConnection _influx;
    private readonly Func<RegistrySnapshot> _registry;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _retry;
    private readonly ServerWatch _watch;
    private readonly News _news = new();
    private readonly CancellationTokenSource _stop = new();
    private volatile ProjectionStatus _status = ProjectionStatus.Ok;
    private long _written = -1;
    private Task _loop = Task.CompletedTask;

    public ProjectionService(IngestConfiguration configuration, Func<RegistrySnapshot> registry, ILogger logger, TimeProvider time, TimeSpan? patience = null)
    {
        (_registry, _logger) = (registry, logger);
        Meters = new ProjectionMeters(() => Lag, () => _status.IsRebuildNeeded);
        _influx = InfluxConnection.Open(configuration, Refused, time, patience);
        _watch = new ServerWatch(_influx.Pointer, time);
        _retry = ReconnectPipeline.Create(Failed, time);
        _written = _influx.Store.Current()?.Written ?? -1;
    }

    public ProjectionMeters Meters { get; }

    public ProjectionStatus Status => _status;

    /// <summary>The records of the evidence that the server has not confirmed.</summary>
    public long Lag => _influx.Evidence.Last() - Volatile.Read(ref _written);

    public void Start() => _loop = Task.Run(LoopAsync);

    /// <summary>New evidence is durable. Never waits.</summary>
    public void Note() => _news.Note();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _influx.Dispose();
        Meters.Dispose();
        _stop.Dispose();
        _news.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                if (!await _retry.ExecuteAsync(async stop => await RoundAsync(stop), _stop.Token))
                {
                    await _news.WaitAsync(Look, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping; the next start goes on behind the last confirmed record.
        }
    }

    private async Task<bool> RoundAsync(CancellationToken stop)
    {
        var generation = _influx.Store.Current() ?? await FirstAsync(stop);
        var registry = _registry();
        if (!await _watch.HoldsAsync(generation, stop))
        {
            Say(ProjectionStatus.RebuildNeeded("InfluxDB no longer holds what was written: it was emptied, replaced, or another ingest writes to it"));
            return false;
        }

        var more = await _influx.Projector.RoundAsync(generation, registry, stop);
        Volatile.Write(ref _written, _influx.Store.Current()?.Written ?? -1);
        Say(_watch.IsMisplaced(generation, registry, _influx.Store)
            ? ProjectionStatus.RebuildNeeded("a station was entered at another section for a time of which InfluxDB has points already")
            : ProjectionStatus.Ok);
        return more;
    }

    private async Task<Generation> FirstAsync(CancellationToken stop)
    {
        var generation = await _influx.Change.BeginAsync(stop);
        await _influx.Change.ShowAsync(generation, stop);
        return generation;
    }

    private void Failed(Exception e, TimeSpan pause)
    {
        Meters.Failed();
        _watch.Doubt();
        Say(ProjectionStatus.Failing(e.Message));
        _logger.LogDebug("InfluxDB is tried again in {Pause}", pause);
    }

    private void Refused(int count, string line, string said)
    {
        Meters.Lost(count);
        _logger.LogError("InfluxDB will never take {Count} points and said {Said}; they are left out there, the first is {Line}", count, said, line);
    }

    private void Say(ProjectionStatus status)
    {
        var before = _status;
        _status = status;
        if (before == status)
        {
            return;
        }

        if (status.Detail is { } detail)
        {
            _logger.LogWarning("InfluxDB is {State}: {Detail}. Evidence, receipts and outcomes do not need it", status.State, detail);
        }
        else
        {
            _logger.LogInformation("InfluxDB is ok again");
        }
    }
}
