using System.Globalization;
using System.Text;
using Sensor.Contracts.Keys;
using Sensor.Edge;
using Sensor.Edge.Configuration;
using Sensor.Ingest;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Windows;

namespace WaterWatch.Demo;

/// <summary>A whole small deployment in one process: one operator's ingest with its broker, and a station for each section.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private const string Id = "demo";
    private const string OperatorId = "demo-operator";

    private readonly IngestHost _ingest;
    private readonly List<(RecordedSection Section, EdgeHost Station)> _stations = [];

    private Deployment(IngestHost ingest) => _ingest = ingest;

    /// <summary>The signed outcomes that stand now.</summary>
    public IReadOnlyList<IssuedOutcome> Outcomes => _ingest.Outcomes;

    /// <summary>The key that signs them.</summary>
    public PublicKey OperatorKey => _ingest.OperatorKey;

    /// <summary>Where the page is.</summary>
    public Uri Page => _ingest.HttpAddress;

    /// <summary>How many records are in the evidence log.</summary>
    public long Evidence => _ingest.EvidenceSize;

    /// <summary>The stations and how they stand.</summary>
    public IEnumerable<(RecordedSection Section, EdgeSnapshot Snapshot)> Stations => _stations.Select(s => (s.Section, s.Station.Snapshot));

    /// <summary>Starts the ingest, enrols the stations and starts them.</summary>
    /// <param name="options">The ports.</param>
    /// <param name="sections">What the stations replay.</param>
    /// <param name="work">The folder for everything that is written.</param>
    /// <exception cref="PortTakenException">A port is taken.</exception>
    public static async Task<Deployment> StartAsync(DemoOptions options, IReadOnlyList<RecordedSection> sections, string work, CancellationToken cancellation)
    {
        var agreements = Path.Combine(work, "agreements");
        DemoAgreements.Write(agreements, sections);
        var ingest = IngestHost.Create(
            new IngestConfiguration
            {
                Deployment = Id,
                Operator = OperatorId,
                DataDirectory = Path.Combine(work, "ingest"),
                KeyFile = Path.Combine(work, "ingest", "operator.key.pem"),
                AgreementsDirectory = agreements,
                Mqtt = new HostedBroker { Port = options.MqttPort },
                Http = new HttpConfiguration { Port = options.Port },
            },
            Warnings);
        var deployment = new Deployment(ingest);
        try
        {
            await ingest.StartAsync(cancellation);
            var publicKey = Path.Combine(work, "operator.pub.pem");
            await File.WriteAllTextAsync(publicKey, ingest.OperatorKey.Pem, cancellation);
            foreach (var section in sections)
            {
                await deployment.AddStationAsync(section, options.MqttPort, publicKey, work, cancellation);
            }

            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when every station has replayed everything, every record is receipted, and every window is assessed.</summary>
    public async Task DecideAsync(CancellationToken cancellation)
    {
        await Task.WhenAll(_stations.Select(s => s.Station.WhenDelivered(cancellation)));
        await _ingest.AssessNowAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_stations.Select(s => s.Station.DisposeAsync().AsTask()));
        await _ingest.DisposeAsync();
    }

    private static void Warnings(ILoggingBuilder logging) => logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddSimpleConsole(console => console.SingleLine = true);

    private async Task AddStationAsync(RecordedSection section, int mqttPort, string operatorKey, string work, CancellationToken cancellation)
    {
        var json = $$"""
            {
              "deployment": "{{Id}}",
              "station": "{{section.Station}}",
              "dataDirectory": "{{section.Station}}",
              "mqtt": { "host": "127.0.0.1", "port": {{mqttPort.ToString(CultureInfo.InvariantCulture)}} },
              "operators": [{ "id": "{{OperatorId}}", "publicKeyFile": "{{Path.GetFileName(operatorKey)}}" }],
              "instruments": [{ "id": "recorded", "driver": "replay", "options": { "file": "{{Path.GetFileName(section.File)}}" } }]
            }
            """;
        var configuration = StationConfiguration.Parse(section.Station, Encoding.UTF8.GetBytes(json), work);
        using var key = PublicKey.FromPem(EdgeHost.Enroll(configuration).PublicKeyPem);
        _ingest.EnrollStation(section.Station, section.Section, key, by: "demo");
        var station = EdgeHost.Create(configuration, Warnings);
        _stations.Add((section, station));
        await station.StartAsync(cancellation);
    }
}
