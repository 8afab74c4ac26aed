using Sensor.Compliance.Agreements;
using Sensor.Compliance.Cuts;
using Sensor.Contracts;
using Sensor.Contracts.Evidence;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Alerts;
using Sensor.Ingest.Archives;
using Sensor.Ingest.Checkpoints;
using Sensor.Ingest.Commanding;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Evidence.Postgres;
using Sensor.Ingest.Gaps;
using Sensor.Ingest.Interop;
using Sensor.Ingest.Peers;
using Sensor.Ingest.Projection;
using Sensor.Ingest.Receiving;
using Sensor.Ingest.Registry;
using Sensor.Ingest.Samples;
using Sensor.Ingest.Signing;
using Sensor.Ingest.Windows;

namespace Sensor.Ingest;

/// <summary>Everything from a station's message to a signed outcome, wired together. It listens to nobody before <see cref="StartAsync"/>.</summary>
internal sealed class IngestPipeline : IAsyncDisposable
{
    private readonly FileStream _held;
    private readonly EvidenceWriter _writer;
    private readonly ReceiptPublisher _receipts;
    private readonly EvaluationLoop _evaluation;
    private readonly Receiver _receiver;
    private readonly StoreWatch<RegistrySnapshot> _watch;
    private readonly DeterminationStore _determinations;
    private readonly DeterminationWatch _inEffect;
    private readonly SampleStore _samples;
    private readonly StoreWatch<WindowSamples> _sampled;
    private readonly CommandStore _commandStore;
    private readonly CommandAnswers _commandAnswers;
    private readonly CommandPublisher _commands;
    private readonly Imports _imports;
    private readonly CheckpointStore _published;
    private readonly ReceiptStore _kept;
    private readonly CheckpointLoop _checkpoints;
    private readonly ReceiptArchive _archive;
    private readonly WorkersNews? _workers;
    private readonly StoreMeters _stores;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private volatile LogCheckpoint _checkpoint;

    public IngestPipeline(IngestConfiguration configuration, IReadOnlyList<AgreementHistory> agreements, ILoggerFactory loggers, TimeProvider time)
    {
        _logger = loggers.CreateLogger("Sensor.Ingest");
        Configuration = configuration;
        _held = DataDirectoryLock.Take(configuration.DataDirectory);
        Key = SigningKey.LoadOrCreate(configuration.KeyFile);
        _workers = configuration.Store is PostgresStore postgres ? new WorkersNews(PostgresSettings.ConnectionString(postgres), Heard, _logger) : null;
        var log = EvidenceStores.Open(configuration, time, _logger);
        _checkpoint = log.Checkpoint;
        Registry = RegistryStore.Open(configuration, time);
        Outcomes = OutcomeStore.Open(configuration.DataDirectory, Key, time);
        Evidence = EvidenceStores.OpenForReading(configuration);
        EvidenceArchive.Tell(Evidence, _logger);
        _stores = new StoreMeters(configuration.DataDirectory, Evidence);
        _published = CheckpointStore.Open(configuration.DataDirectory);
        Checkpoints = new CheckpointDesk(configuration, Key, _published, Evidence, _logger, time);
        _checkpoints = new CheckpointLoop(Checkpoints, _logger, time);
        _commandStore = CommandStore.Open(configuration.DataDirectory, time);
        _commandAnswers = new CommandAnswers(_commandStore, configuration.Operator);
        CatchUpAnswers();
        Meters = new IngestMeters(() => Listener!.Connected ? 1 : 0);
        _watch = Registry.Watch(RegistryChanged, time);
        _writer = new EvidenceWriter(log, Meters, Committed);
        Rates = new StationRates(configuration.Limits.Station, waits: configuration.Mqtt is HostedBroker, time);
        _receiver = new Receiver(_writer, () => _watch.Current, configuration.Deployment, configuration.Limits.MessageBytes, Rates, time);
        Listener = configuration.Mqtt switch
        {
            HostedBroker hosted => new HostedBrokerListener(hosted, _receiver, _logger),
            ExternalBroker external => new ExternalBrokerListener(external, configuration.Limits, _receiver, _logger, time),
            _ => throw new ArgumentException("No broker is configured.", nameof(configuration)),
        };
        _commands = new CommandPublisher(_commandStore, configuration.Operator, Listener, _logger, time);
        _determinations = DeterminationStore.Open(configuration.DataDirectory, time);
        Desk = new DeterminationDesk(_determinations, agreements, configuration.Parties);
        _inEffect = new DeterminationWatch(_determinations, Desk, agreements, () => _evaluation!.Note(null), time);
        _samples = SampleStore.Open(configuration.DataDirectory, time);
        _sampled = new StoreWatch<WindowSamples>(() => _samples.Version, () => new WindowSamples(_samples.All().Select(s => s.InCut)), () => _evaluation!.Note(null), time);
        Evaluator = new Evaluator(agreements, Evidence, () => _watch.Current, _inEffect.Of, () => _sampled.Current, Outcomes, Meters.Taken);
        _evaluation = new EvaluationLoop(Evaluator, took => Meters.AssessSeconds.Record(took.TotalSeconds), _logger, time);
        _kept = new ReceiptStore(_published.Tables);
        _archive = new ReceiptArchive(Listener, _kept, _logger);
        _receipts = new ReceiptPublisher(configuration.Deployment, configuration.Operator, Key, _archive, _checkpoint, Meters.Receipt, _logger, time);
        Gaps = new GapWatch(configuration, Evidence, _checkpoint, () => _watch.Current, Listener, Key.Public, _receipts.Committed, _logger, time);
        Alerts = configuration.Alerts is { } alerts ? new AlertWatch(alerts, configuration.DataDirectory, Evidence, () => _watch.Current, _logger, time) : null;
        Influx = configuration.Influx is null ? null : new ProjectionService(configuration, () => _watch.Current, _logger, time);
        Peers = new PeerOperators(configuration, Outcomes, new PeerHost((station, run) => RunLedger.Covered(Evidence, station, run), station => _watch.Current.Knows(station), TakeAsync), _logger, time);
        _time = time;
        _imports = new Imports(configuration, () => _watch.Current, _writer, _logger, time);
    }

    public IngestConfiguration Configuration { get; }

    public SigningKey Key { get; }

    public RegistryStore Registry { get; }

    public OutcomeStore Outcomes { get; }

    /// <summary>Which determinations may be entered, and which are in effect.</summary>
    public DeterminationDesk Desk { get; }

    /// <summary>Every document of determinations that was entered.</summary>
    public DeterminationStore Determinations => _determinations;

    /// <summary>Every file of joint samples that was entered.</summary>
    public SampleStore Samples => _samples;

    public ISqlDatabase Evidence { get; }

    /// <summary>What of the evidence log is published, signed.</summary>
    public CheckpointDesk Checkpoints { get; }

    public IngestMeters Meters { get; }

    public IStationListener Listener { get; }

    public Evaluator Evaluator { get; }

    /// <summary>Keeps each station within its rate.</summary>
    public StationRates Rates { get; }

    /// <summary>Asks stations for what lacks.</summary>
    public GapWatch Gaps { get; }

    /// <summary>Runs this operator's own tests on what comes; null where none is configured.</summary>
    public AlertWatch? Alerts { get; }

    /// <summary>Copies observations to InfluxDB; null where none is configured.</summary>
    public ProjectionService? Influx { get; }

    /// <summary>The other operators of the deployment.</summary>
    public PeerOperators Peers { get; }

    public EvaluationLoop Evaluation => _evaluation;

    public StoreWatch<RegistrySnapshot> Watch => _watch;

    public Imports Imports => _imports;

    /// <summary>The evidence log as it is durable.</summary>
    public LogCheckpoint Checkpoint => _checkpoint;

    public async Task StartAsync(CancellationToken stop)
    {
        RegistryChanged();
        _checkpoints.Note();
        await Gaps.LookBackAsync(stop);
        await Listener.StartAsync(stop);
        Gaps.Start();
        _workers?.Start();
        _commands.Start();
        Influx?.Start();
        Alerts?.Start();
        _imports.Start();
        Peers.Start();
    }

    /// <summary>What the receipts that were kept show beside the log.</summary>
    public IReadOnlyList<LogFinding> Findings() => new KeptClaims(_kept, Checkpoints, Key.Public).Findings(Configuration.Operator, Checkpoint.Size);

    /// <summary>Proves that something can be made durable.</summary>
    public Task CommitNothingAsync(CancellationToken stop) => _writer.WriteAsync([], stop);

    public async ValueTask DisposeAsync()
    {
        _workers?.Dispose();
        await Peers.DisposeAsync();
        await _imports.DisposeAsync();
        await _commands.DisposeAsync();
        await Gaps.DisposeAsync();
        await Listener.StopAsync();
        await _watch.DisposeAsync();
        await _inEffect.DisposeAsync();
        await _sampled.DisposeAsync();
        await _receipts.DisposeAsync();
        await _archive.DisposeAsync();
        await _writer.DisposeAsync();
        await _evaluation.DisposeAsync();
        await _checkpoints.DisposeAsync();
        if (Alerts is not null)
        {
            await Alerts.DisposeAsync();
        }

        if (Influx is not null)
        {
            await Influx.DisposeAsync();
        }

        await Listener.DisposeAsync();
        _stores.Dispose();
        _published.Dispose();
        Evidence.Dispose();
        Outcomes.Dispose();
        Registry.Dispose();
        _determinations.Dispose();
        _samples.Dispose();
        _commandStore.Dispose();
        Meters.Dispose();
        Rates.Dispose();
        Key.Dispose();
        await _held.DisposeAsync();
    }

    private void Committed(AppendResult result)
    {
        Grown(result);
        var news = result.Arrivals.Zip(result.Landings)
            .Where(pair => pair.Second is Landing.New or Landing.Fork)
            .Select(pair => ((RecordArrival)pair.First).Decoded.Header)
            .ToList();
        foreach (var (arrival, _) in result.Arrivals.Zip(result.Landings).Where(pair => pair.Second == Landing.Fork))
        {
            var header = ((RecordArrival)arrival).Decoded.Header;
            _logger.LogError("Fork: {Station} signed two different records {Run}/{Sequence}; both are kept and neither counts until a determination", header.Station, header.Run, header.Sequence);
        }

        foreach (var record in result.Arrivals.Zip(result.Landings).Where(pair => pair.Second == Landing.New).Select(pair => ((RecordArrival)pair.First).Decoded.Record).OfType<StationRecord>())
        {
            _commandAnswers.Take(record);
        }

        if (news.Count > 0)
        {
            _evaluation.Note(news.Select(header => header.Station));
        }
    }

    // An answer that is in an archive file which is not here must not keep stations waiting; the next start looks again.
    private void CatchUpAnswers()
    {
        try
        {
            _commandAnswers.CatchUp(Evidence);
        }
        catch (IOException e)
        {
            _logger.LogError("Answers to commands could not be looked up, and their commands stay unanswered until the next start: {Problem}", e.Message);
        }
    }

    /// <summary>Takes what a worker stored.</summary>
    private void Heard(AppendResult result)
    {
        Grown(result);
        _commandAnswers.CatchUp(Evidence);
        _evaluation.Note(result.Runs.Select(run => run.Station));
    }

    /// <summary>Tells everybody who follows the log that it has grown.</summary>
    private void Grown(AppendResult result)
    {
        _checkpoint = LogCheckpoint.Later(_checkpoint, result.Checkpoint);
        _receipts.Committed(result);
        Gaps.Heard(result.Runs.Select(run => run.Station));
        Influx?.Note();
        _checkpoints.Note();
    }

    /// <summary>Takes records that came another way than from their station.</summary>
    private Task TakeAsync(IReadOnlyList<ReadOnlyMemory<byte>> envelopes, CancellationToken stop) =>
        _writer.WriteAsync(Examination.Items(envelopes, Configuration.Deployment, _watch.Current, Instant.From(_time.GetUtcNow())), stop);

    private void RegistryChanged()
    {
        _evaluation.Note(null);
        _ = TakeUpAsync();
    }

    private async Task TakeUpAsync()
    {
        try
        {
            await _receiver.TakeUpPendingAsync();
        }
        catch (Exception e)
        {
            _logger.LogError(e, "What waits for its key could not be taken up; the next change of the registry tries again");
        }
    }
}
