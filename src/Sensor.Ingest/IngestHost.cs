using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Api;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Tracing;
using Sensor.Ingest.Windows;

namespace Sensor.Ingest;

/// <summary>One operator's ingest: hears stations, keeps evidence, answers with receipts, evaluates agreements and issues signed outcomes.</summary>
/// <remarks>Start and stop once, not at the same time; everything else is thread-safe.</remarks>
public sealed class IngestHost : IAsyncDisposable
{
    private readonly IngestPipeline _pipeline;
    private readonly WebApplication _web;
    private bool _started;

    private IngestHost(IngestConfiguration configuration, Action<ILoggingBuilder>? logging, TimeProvider time, bool asService)
    {
        var agreements = AgreementFolder.Read(configuration.AgreementsDirectory);
        var builder = WebStart.Create(configuration.Http, logging);
        if (asService)
        {
            builder.Services.AddWatchdog<IngestHost>(stop => _pipeline!.CommitNothingAsync(stop), time);
        }
        else
        {
            builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        }

        builder.Services.AddProblemDetails();
        builder.Services.AddRazorComponents();
        OtlpTraces.Add(builder.Services, configuration);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(services => new IngestPipeline(configuration, agreements, services.GetRequiredService<ILoggerFactory>(), time));
        builder.Services.AddSingleton<Views>();
        _web = builder.Build();
        _pipeline = _web.Services.GetRequiredService<IngestPipeline>();
        _web.MapPrometheusScrapingEndpoint("/metrics");
        Endpoints.Map(_web, _pipeline);
    }

    /// <summary>Where the API and the pages are served, once started.</summary>
    public Uri HttpAddress => new(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The key with which this operator signs receipts and outcomes; stations are configured with it.</summary>
    public PublicKey OperatorKey => _pipeline.Key.Public;

    /// <summary>The number of records in the evidence log.</summary>
    public long EvidenceSize => _pipeline.Checkpoint.Size;

    /// <summary>The Merkle root of the evidence log at <see cref="EvidenceSize"/>.</summary>
    public Digest EvidenceRoot => _pipeline.Checkpoint.Root;

    /// <summary>The signed outcome that stands for each window, by agreement, section and window.</summary>
    public IReadOnlyList<IssuedOutcome> Outcomes => _pipeline.Outcomes.Latest();

    /// <summary>The unsigned standings of windows that are still open.</summary>
    public IReadOnlyList<IssuedOutcome> Standings => _pipeline.Outcomes.Standings();

    /// <summary>Makes an ingest that listens to nobody yet.</summary>
    /// <param name="configuration">What it is told.</param>
    /// <param name="logging">Where its log goes; nowhere by default.</param>
    /// <exception cref="Contracts.Documents.DocumentException">Agreements have mistakes; all of them are in the exception.</exception>
    /// <exception cref="IOException">Another process uses the data directory, or it cannot be written.</exception>
    public static IngestHost Create(IngestConfiguration configuration, Action<ILoggingBuilder>? logging = null) =>
        new(configuration, logging, TimeProvider.System, asService: false);

    internal static IngestHost CreateAt(IngestConfiguration configuration, TimeProvider time) => new(configuration, logging: null, time, asService: false);

    internal static IngestHost CreateService(IngestConfiguration configuration, Action<ILoggingBuilder> logging) =>
        new(configuration, logging, TimeProvider.System, asService: true);

    /// <summary>Begins to serve and to listen.</summary>
    /// <exception cref="PortTakenException">A port is taken; the message says which and what changes it.</exception>
    public async Task StartAsync(CancellationToken stop = default)
    {
        // The stations come last: whoever hears a receipt can also see the page.
        await _web.ServeAsync(_pipeline.Configuration.Http, stop);
        await _pipeline.StartAsync(stop);
        _started = true;
    }

    /// <summary>Stops listening, finishes what was received, and closes the files.</summary>
    public async Task StopAsync() => await DisposeAsync();

    /// <summary>Enters a station, its section and its key into the registry; what is there already is not entered twice. Works before the start too.</summary>
    /// <param name="station">The station's id.</param>
    /// <param name="section">The section at which it stands.</param>
    /// <param name="key">Its key.</param>
    /// <param name="by">Who enters it.</param>
    /// <param name="from">From when on it stands there; null for as long as it has existed.</param>
    /// <exception cref="ArgumentException">An id is not well-formed, or the key belongs to another station.</exception>
    public void EnrollStation(string station, string section, PublicKey key, string by, Instant? from = null)
    {
        _pipeline.Registry.Enroll(station, section, key, from, by);
        _pipeline.Watch.Reload();
    }

    /// <summary>Evaluates every agreement now and stores what is new.</summary>
    /// <returns>Every outcome and standing, new or not.</returns>
    public Task<IReadOnlyList<Outcome>> AssessNowAsync(CancellationToken stop = default) => _pipeline.Evaluation.NowAsync(stop);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            _started = false;
            await _web.StopAsync();
        }

        // The container owns the pipeline and ends it.
        await _web.DisposeAsync();
    }

    internal Task WaitForShutdownAsync(CancellationToken stop) => _web.WaitForShutdownAsync(stop);

    internal IngestPipeline Pipeline => _pipeline;

    /// <summary>Leaves Ctrl+C and signals to the program that embeds the ingest.</summary>
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
