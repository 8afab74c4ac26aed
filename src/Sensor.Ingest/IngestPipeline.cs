using Sensor.Compliance.Agreements;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Alerts;
using Sensor.Ingest.Commanding;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Evidence.Postgres;
using Sensor.Ingest.Gaps;
using Sensor.Ingest.Interop;
using Sensor.Ingest.Projection;
using Sensor.Ingest.Receiving;
using Sensor.Ingest.Registry;
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
    private readonly RegistryWatch _watch;
    private readonly DeterminationStore _determinations;
    private readonly DeterminationWatch _inEffect;
    private readonly CommandStore _commandStore;
    private readonly CommandAnswers _commandAnswers;
    private readonly CommandPublisher _commands;
    private readonly Imports _imports;
    private readonly WorkersNews? _workers;
    private readonly ILogger _logger;
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
        _commandStore = CommandStore.Open(configuration.DataDirectory, time);
        _commandAnswers = new CommandAnswers(_commandStore, configuration.Operator);
        _commandAnswers.CatchUp(Evidence);
        Meters = new IngestMeters(() => Listener!.Connected ? 1 : 0);
        _watch = new RegistryWatch(Registry, RegistryChanged, time);
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
        Evaluator = new Evaluator(agreements, Evidence, () => _watch.Current, _inEffect.Of, Outcomes, Meters.Taken);
        _evaluation = new EvaluationLoop(Evaluator, took => Meters.AssessSeconds.Record(took.TotalSeconds), _logger, time);
        _receipts = new ReceiptPublisher(configuration.Deployment, configuration.Operator, Key, Listener, _checkpoint, Meters.Receipt, _logger, time);
        Gaps = new GapWatch(configuration, Evidence, _checkpoint, () => _watch.Current, Listener, Key.Public, _receipts.Committed, _logger, time);
        Alerts = configuration.Alerts is { } alerts ? new AlertWatch(alerts, configuration.DataDirectory, Evidence, () => _watch.Current, _logger, time) : null;
        Influx = configuration.Influx is null ? null : new ProjectionService(configuration, () => _watch.Current, _logger, time);
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

    public ISqlDatabase Evidence { get; }

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

    public EvaluationLoop Evaluation => _evaluation;

    public RegistryWatch Watch => _watch;

    /// <summary>The evidence log as it is durable.</summary>
    public LogCheckpoint Checkpoint => _checkpoint;

    public async Task StartAsync(CancellationToken stop)
    {
        RegistryChanged();
        await Gaps.LookBackAsync(stop);
        await Listener.StartAsync(stop);
        Gaps.Start();
        _workers?.Start();
        _commands.Start();
        Influx?.Start();
        Alerts?.Start();
        _imports.Start();
    }

    /// <summary>Proves that something can be made durable.</summary>
    public Task CommitNothingAsync(CancellationToken stop) => _writer.WriteAsync([], stop);

    public async ValueTask DisposeAsync()
    {
        _workers?.Dispose();
        await _imports.DisposeAsync();
        await _commands.DisposeAsync();
        await Gaps.DisposeAsync();
        await Listener.StopAsync();
        await _watch.DisposeAsync();
        await _inEffect.DisposeAsync();
        await _receipts.DisposeAsync();
        await _writer.DisposeAsync();
        await _evaluation.DisposeAsync();
        if (Alerts is not null)
        {
            await Alerts.DisposeAsync();
        }

        if (Influx is not null)
        {
            await Influx.DisposeAsync();
        }

        await Listener.DisposeAsync();
        Evidence.Dispose();
        Outcomes.Dispose();
        Registry.Dispose();
        _determinations.Dispose();
        _commandStore.Dispose();
        Meters.Dispose();
        Rates.Dispose();
        Key.Dispose();
        await _held.DisposeAsync();
    }

    private void Committed(AppendResult result)
    {
        _checkpoint = LogCheckpoint.Later(_checkpoint, result.Checkpoint);
        _receipts.Committed(result);
        Gaps.Heard(result.Runs.Select(run => run.Station));
        Influx?.Note();
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

    /// <summary>Takes what a worker stored.</summary>
    private void Heard(AppendResult result)
    {
        _checkpoint = LogCheckpoint.Later(_checkpoint, result.Checkpoint);
        _receipts.Committed(result);
        Gaps.Heard(result.Runs.Select(run => run.Station));
        Influx?.Note();
        _commandAnswers.CatchUp(Evidence);
        _evaluation.Note(result.Runs.Select(run => run.Station));
    }

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
