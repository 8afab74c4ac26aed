using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Interop.Json;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Interop;

/// <summary>Everything that the service imports, wired together. Nobody is heard before <see cref="Start"/>.</summary>
internal sealed class Imports : IAsyncDisposable
{
    private readonly InteropMeters _meters = new();
    private readonly Attestor _attestor;
    private readonly List<Hj212Server> _servers;
    private readonly List<JsonListener> _brokers;

    public Imports(IngestConfiguration configuration, Func<RegistrySnapshot> registry, EvidenceWriter writer, ILogger logger, TimeProvider time)
    {
        Task Write(IReadOnlyList<Arrival> arrivals) => writer.WriteAsync(arrivals, CancellationToken.None);
        _attestor = new Attestor(configuration, registry, Write, time);
        _servers = [.. configuration.Imports.OfType<Hj212ImportConfiguration>().Select(import => new Hj212Server(import, new Hj212Intake(import, _attestor, Write, _meters, time), logger, time))];
        _brokers = [.. configuration.Imports.OfType<JsonImportConfiguration>().Select(import => new JsonListener(import, new JsonIntake(import, _attestor, Write, _meters), logger, time))];
        _meters.Watch(() => _brokers.Count(broker => broker.Connected));
    }

    /// <summary>Whether every broker of an import is connected and brings messages.</summary>
    public bool Connected => _brokers.TrueForAll(broker => broker.Connected);

    /// <exception cref="PortTakenException">A port is taken.</exception>
    public void Start()
    {
        _servers.ForEach(server => server.Start());
        _brokers.ForEach(broker => broker.Start());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        foreach (var broker in _brokers)
        {
            await broker.DisposeAsync();
        }

        _attestor.Dispose();
        _meters.Dispose();
    }
}
