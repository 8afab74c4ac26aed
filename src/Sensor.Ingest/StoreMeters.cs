using System.Diagnostics.Metrics;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest;

/// <summary>What /metrics shows of the stores: what waits for keys, the room that is left, and what is missing of the archive. Each is looked up when somebody asks.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StoreMeters : IDisposable
{
    private readonly Meter _meter = new(IngestMeters.MeterName);

    /// <param name="dataDirectory">The folder on the volume whose free space counts.</param>
    /// <param name="evidence">Where pending records are kept.</param>
    public StoreMeters(string dataDirectory, ISqlDatabase evidence)
    {
        _meter.CreateObservableGauge("waterwatch_pending_records", () => evidence.Number("SELECT count(*) FROM pending") ?? 0, description: "Records that wait for their keys to be enrolled.");
        _meter.CreateObservableGauge("waterwatch_pending_keys", () => evidence.Number("SELECT count(DISTINCT key_id) FROM pending") ?? 0, description: "Keys that nobody has enrolled and whose records wait.");
        _meter.CreateObservableGauge("waterwatch_disk_free_bytes", () => new DriveInfo(dataDirectory).AvailableFreeSpace, description: "Free bytes on the volume of the data directory.");
        _meter.CreateObservableGauge("waterwatch_archive_files_missing", () => evidence.Archive?.Missing(evidence).Count ?? 0, description: "Archive files of the evidence that are in no folder of 'archive'.");
    }

    public void Dispose() => _meter.Dispose();
}
