using Microsoft.Extensions.Logging.Abstractions;
using Sensor.Compliance.Agreements;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Checkpoints;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Registry;
using Sensor.Ingest.Samples;
using Sensor.Ingest.Signing;
using Sensor.Ingest.Windows;

namespace Sensor.Ingest.Bundles;

/// <summary>The stores of an ingest, opened beside the running service, from which a bundle is made.</summary>
internal sealed class BundleSource : IDisposable
{
    private readonly CheckpointStore _published;

    private BundleSource(IngestConfiguration configuration)
    {
        (Configuration, Agreements) = (configuration, AgreementFolder.Read(configuration.AgreementsDirectory));
        Key = SigningKey.LoadOrCreate(configuration.KeyFile);
        Evidence = EvidenceStores.OpenForReading(configuration);
        Outcomes = OutcomeStore.Open(configuration.DataDirectory, Key, TimeProvider.System);
        Registry = RegistryStore.Open(configuration, TimeProvider.System);
        Samples = SampleStore.Open(configuration.DataDirectory, TimeProvider.System);
        Determinations = DeterminationStore.Open(configuration.DataDirectory, TimeProvider.System);
        _published = CheckpointStore.Open(configuration.DataDirectory);
        Checkpoints = new CheckpointDesk(configuration, Key, _published, Evidence, NullLogger.Instance, TimeProvider.System);
        Receipts = new ReceiptStore(_published.Tables);
    }

    public IngestConfiguration Configuration { get; }

    public IReadOnlyList<AgreementHistory> Agreements { get; }

    public SigningKey Key { get; }

    public ISqlDatabase Evidence { get; }

    public OutcomeStore Outcomes { get; }

    public RegistryStore Registry { get; }

    public DeterminationStore Determinations { get; }

    public SampleStore Samples { get; }

    public CheckpointDesk Checkpoints { get; }

    public ReceiptStore Receipts { get; }

    /// <summary>Opens the stores.</summary>
    /// <exception cref="ArgumentException">No ingest ran with this configuration yet.</exception>
    public static BundleSource Open(IngestConfiguration configuration)
    {
        using (var evidence = File.Exists(configuration.KeyFile) ? EvidenceStores.TryOpenForReading(configuration) : null)
        {
            return evidence is not null
                ? new BundleSource(configuration)
                : throw new ArgumentException($"There is no key {configuration.KeyFile} or no evidence in {configuration.DataDirectory} yet: run the ingest with this configuration first.");
        }
    }

    public void Dispose()
    {
        Samples.Dispose();
        _published.Dispose();
        Determinations.Dispose();
        Registry.Dispose();
        Outcomes.Dispose();
        Evidence.Dispose();
        Key.Dispose();
    }
}
