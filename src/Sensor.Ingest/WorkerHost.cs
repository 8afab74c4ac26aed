using Sensor.Ingest.Api;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Evidence.Postgres;
using Sensor.Ingest.Receiving;
using Sensor.Ingest.Registry;
using Sensor.Ingest.Tracing;

namespace Sensor.Ingest;

/// <summary>
/// A worker of a service whose evidence is in PostgreSQL: it takes its share of what stations send, verifies it and makes it durable. Receipts,
/// decisions and pages are the service's.
/// </summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly RegistryStore _registry;
    private readonly StoreWatch<RegistrySnapshot> _watch;
    private readonly IngestMeters _meters;
    private readonly EvidenceWriter _writer;
    private readonly StationRates _rates;
    private readonly ExternalBrokerListener _listener;
    private readonly IngestConfiguration _configuration;

    /// <exception cref="ArgumentException">The configuration is not that of a worker.</exception>
    public WorkerHost(IngestConfiguration configuration, Action<ILoggingBuilder> logging, TimeProvider time)
    {
        if (configuration is not { Store: PostgresStore postgres, Mqtt: ExternalBroker { Share: not null } broker })
        {
            throw new ArgumentException("A worker needs a store of the kind postgres and mqtt.connect with share: what it takes is shared with the others, and they keep it in one place.");
        }

        _configuration = configuration;
        _web = Build(configuration, logging, time);
        var logger = _web.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Sensor.Ingest");
        _registry = RegistryStore.Open(configuration, time);
        _watch = _registry.Watch(() => { }, time);
        _meters = new IngestMeters(() => _listener!.Connected ? 1 : 0);
        _writer = new EvidenceWriter(PostgresEvidenceStore.Open(PostgresSettings.ConnectionString(postgres), time, logger, announces: true), _meters, _ => { });
        _rates = new StationRates(configuration.Limits.Station, waits: false, time);
        var receiver = new Receiver(_writer, () => _watch.Current, configuration.Deployment, configuration.Limits.MessageBytes, _rates, time);
        _listener = new ExternalBrokerListener(broker, configuration.Limits, receiver, logger, time);
    }

    /// <exception cref="PortTakenException">The port of /health and /metrics is taken.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        await _web.ServeAsync(_configuration.Http, stop);
        await _listener.StartAsync(stop);
        await _web.WaitForShutdownAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _watch.DisposeAsync();
        await _writer.DisposeAsync();
        _registry.Dispose();
        _meters.Dispose();
        _rates.Dispose();
        await _web.DisposeAsync();
    }

    private WebApplication Build(IngestConfiguration configuration, Action<ILoggingBuilder> logging, TimeProvider time)
    {
        var builder = WebStart.Create(configuration.Http, logging);
        OtlpTraces.Add(builder.Services, configuration);
        builder.Services.AddWatchdog<WorkerHost>(stop => _writer!.WriteAsync([], stop), time);
        var web = builder.Build();
        web.MapPrometheusScrapingEndpoint("/metrics");
        web.MapGet("/health", () => Results.Json(
            new { status = _listener!.Connected ? "ok" : "no-broker", @operator = configuration.Operator, deployment = configuration.Deployment, role = "worker", limited = LimitedView.All(_rates!) },
            statusCode: _listener!.Connected ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable));
        return web;
    }
}
