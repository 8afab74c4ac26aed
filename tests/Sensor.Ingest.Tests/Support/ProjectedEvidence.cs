using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Projection;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Tests.Support;

/// <summary>An evidence log in a folder of its own, with a projection of it.</summary>
internal sealed class ProjectedEvidence : IAsyncDisposable
{
    public const string Section = "河口, 1";
    private readonly EvidenceLog _log;
    private readonly IngestConfiguration _configuration;
    private readonly TimeSpan _patience;

    public ProjectedEvidence(InfluxConfiguration influx, TimeSpan? patience = null)
    {
        _patience = patience ?? TimeSpan.FromSeconds(30);
        _configuration = TestIngest.Configure(new HostedBroker()) with { Influx = influx };
        _log = EvidenceLog.Open(_configuration.DataDirectory, TimeProvider.System);
        Service = Open();
    }

    public TestStation Station { get; } = new("ST-1");

    public FakeLogger Logger { get; } = new();

    public string Folder => _configuration.DataDirectory;

    public RegistrySnapshot Registry { get; set; } = new([new StationPlacement("ST-1", Section, null, "test")], []);

    public ProjectionService Service { get; private set; }

    public void Append(params Envelope[] envelopes)
    {
        _log.Append([.. envelopes.Select(Arrival)]);
        Service.Note();
    }

    public async Task RestartAsync()
    {
        await Service.DisposeAsync();
        Service = Open();
        Service.Start();
    }

    public Task CaughtUp() => Until.True(() => Service.Lag == 0 && Service.Status.State == "ok", $"the projection has caught up: lag {Service.Lag}, {Service.Status}", 60);

    public Task Says(string state) => Until.True(() => Service.Status.State == state, $"the projection says {state}: {Service.Status}", 60);

    public InfluxConnection Connect() => InfluxConnection.Open(_configuration, (_, _, _) => { }, TimeProvider.System);

    /// <summary>What the command line does, without its console.</summary>
    public async Task<long> RebuildAsync()
    {
        using var connection = Connect();
        var stop = TestContext.Current.CancellationToken;
        var generation = await connection.Change.BeginAsync(stop);
        while (await connection.Projector.RoundAsync(connection.Store.Find(generation.Number)!, Registry, stop))
        {
        }

        await connection.Change.ShowAsync(generation, stop);
        return generation.Number;
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        _log.Dispose();
        Station.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    public static ReadingsBody Missing(Instant at) =>
        new(at, [TestStation.Reading(ParameterCatalogue.CodMn, "0", at, flag: "D") with { Value = null, Missing = MissingReason.Fault }]);

    private ProjectionService Open() => new(_configuration, () => Registry, Logger, TimeProvider.System, _patience);

    private static RecordArrival Arrival(Envelope envelope)
    {
        Assert.True(RecordCodec.TryDecode(envelope.Payload, out var decoded, out _));
        return new RecordArrival("test", envelope, decoded);
    }
}
