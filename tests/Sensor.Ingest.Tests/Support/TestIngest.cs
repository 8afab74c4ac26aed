using System.Net;
using System.Net.Sockets;
using Sensor.Contracts;
using Sensor.Contracts.Evidence;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Tests.Support;

/// <summary>A real ingest in a folder of its own, with its own broker or at a real mosquitto.</summary>
internal sealed class TestIngest : IAsyncDisposable
{
    private readonly Mosquitto? _mosquitto;

    private TestIngest(IngestConfiguration configuration, Mosquitto? mosquitto, int port, TimeProvider time)
    {
        (_mosquitto, Configuration, MqttPort) = (mosquitto, configuration, port);
        Host = IngestHost.CreateAt(configuration, time);
    }

    public IngestConfiguration Configuration { get; }

    public int MqttPort { get; }

    public IngestHost Host { get; }

    public ISqlDatabase Evidence => Host.Pipeline.Evidence;

    public static async Task<TestIngest> StartAsync(bool hosted = true, string? agreements = null, Action<IngestHost>? before = null, IReadOnlyList<PartyConfiguration>? parties = null, StoreConfiguration? store = null, IReadOnlyList<ImportConfiguration>? imports = null, InfluxConfiguration? influx = null, TimeProvider? time = null, LimitsConfiguration? limits = null, AlertConfiguration? alerts = null, Func<IngestConfiguration, IngestConfiguration>? configure = null)
    {
        var port = FreePort();
        var mosquitto = hosted ? null : await Mosquitto.StartAsync(port);
        var configuration = Configure(hosted ? new HostedBroker { Port = port } : External(port), agreements) with { Parties = parties ?? [], Store = store ?? new SqliteStore(), Imports = imports ?? [], Influx = influx, Limits = limits ?? new LimitsConfiguration(), Alerts = alerts };
        var ingest = new TestIngest(configure?.Invoke(configuration) ?? configuration, mosquitto, port, time ?? TimeProvider.System);
        before?.Invoke(ingest.Host);
        await ingest.Host.StartAsync(TestContext.Current.CancellationToken);
        await Until.True(() => ingest.Host.Pipeline.Listener.Connected, "the ingest hears its broker");
        return ingest;
    }

    public static ExternalBroker External(int port) => new() { Host = "127.0.0.1", Port = port, ClientId = "ingest-under-test" };

    public static IngestConfiguration Configure(MqttConfiguration mqtt, string? agreements = null)
    {
        var folder = Directory.CreateTempSubdirectory("waterwatch-ingest-").FullName;
        return new IngestConfiguration
        {
            Deployment = "test", Operator = "anhui", DataDirectory = folder, KeyFile = Path.Combine(folder, "operator.key.pem"),
            AgreementsDirectory = agreements, Mqtt = mqtt, Http = new HttpConfiguration { Port = 0 },
        };
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public IReadOnlyList<Digest> Digests() => DigestsOf(Evidence);

    /// <summary>The digests of the log in its order, having made sure that the indexes are dense.</summary>
    public static IReadOnlyList<Digest> DigestsOf(ISqlDatabase evidence)
    {
        var rows = evidence.Query("SELECT idx, digest FROM evidence ORDER BY idx", row => (Index: row.GetInt64(0), Digest: row.Digest(1)));
        Assert.Equal(Enumerable.Range(0, rows.Count).Select(i => (long)i), rows.Select(r => r.Index));
        return [.. rows.Select(r => r.Digest)];
    }

    public static Digest RootOf(IEnumerable<Digest> digests)
    {
        var tree = new MerkleFrontier();
        foreach (var digest in digests)
        {
            tree.Append(digest.ToArray());
        }

        return tree.Root();
    }

    public IReadOnlyList<string> Refusals() => Evidence.Query("SELECT reason FROM dead_letter ORDER BY id", row => row.GetString(0));

    public Task Holds(long records) => Until.True(() => Host.EvidenceSize == records, $"the log holds {records} records; it holds {Host.EvidenceSize}");

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        if (_mosquitto is not null)
        {
            await _mosquitto.DisposeAsync();
        }

        Directory.Delete(Configuration.DataDirectory, recursive: true);
    }
}
