using System.Diagnostics.Metrics;
using Sensor.Contracts;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Alerts;

/// <summary>Runs this operator's tests on observations as they come, beside everything else: neither receipts nor decisions wait for it or read it.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class AlertWatch : IAsyncDisposable
{
    /// <summary>How often it is looked for new observations.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Meter _meter = new(IngestMeters.MeterName);
    private readonly Counter<long> _raised;
    private readonly AlertStore _store;
    private readonly AlertJudge _judge;
    private readonly Func<RegistrySnapshot> _registry;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public AlertWatch(AlertConfiguration configuration, string dataDirectory, ISqlDatabase evidence, Func<RegistrySnapshot> registry, ILogger logger, TimeProvider time)
    {
        (_registry, _logger, _time) = (registry, logger, time);
        _store = AlertStore.Open(dataDirectory, evidence.Number("SELECT max(idx) FROM evidence") ?? -1);
        _judge = new AlertJudge(configuration, evidence, _store);
        _raised = _meter.CreateCounter<long>("waterwatch_alerts", description: "Alerts of this operator's tests, by test and whether they were news.");
    }

    public void Start() => _loop = Task.Run(LoopAsync);

    /// <summary>The alerts that were raised last, newest first.</summary>
    public IReadOnlyList<Alert> Last(int limit) => _store.Last(limit);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _store.Dispose();
        _meter.Dispose();
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                if (!Look())
                {
                    await Task.Delay(Pace, _time, _stop.Token);
                }

                _stop.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping; the next start goes on behind what was judged.
        }
    }

    private bool Look()
    {
        try
        {
            var alerts = _judge.Next(_registry(), Instant.From(_time.GetUtcNow()));
            foreach (var alert in alerts ?? [])
            {
                Tell(alert);
            }

            return alerts is not null;
        }
        catch (Exception e)
        {
            _logger.LogError(e, "Observations could not be judged for alerts and are judged later");
            return false;
        }
    }

    private void Tell(Alert alert)
    {
        _raised.Add(1, new KeyValuePair<string, object?>("rule", alert.Rule), new KeyValuePair<string, object?>("result", alert.Late ? "late" : "new"));
        _logger.Log(
            alert.Late ? LogLevel.Information : LogLevel.Warning, "{Rule} at {Section}, {Station}, {Parameter}, {Time}: {Why}{Late}",
            alert.Rule, alert.Section, alert.Station, alert.Parameter, alert.Time, alert.En, alert.Late ? " (came late)" : "");
    }
}
