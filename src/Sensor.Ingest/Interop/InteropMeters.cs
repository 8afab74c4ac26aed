using System.Diagnostics.Metrics;

namespace Sensor.Ingest.Interop;

/// <summary>What /metrics shows of imports.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class InteropMeters : IDisposable
{
    private readonly Meter _meter = new(IngestMeters.MeterName);
    private readonly Counter<long> _readings;

    public InteropMeters() => _readings = _meter.CreateCounter<long>("waterwatch_imported_readings", description: "Imported readings, by where they came from and whether they were new, revised or repeated.");

    /// <summary>Shows how many brokers of imports are connected.</summary>
    public void Watch(Func<int> connected) => _meter.CreateObservableGauge("waterwatch_import_brokers_connected", connected, description: "Brokers of imports that are connected and bring messages.");

    /// <summary>Counts what became of something imported.</summary>
    public void Count(string kind, Attestation taken)
    {
        foreach (var (result, count) in new[] { ("new", taken.New), ("revised", taken.Revised), ("repeated", taken.Repeated) }.Where(r => r.Item2 > 0))
        {
            _readings.Add(count, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("result", result));
        }
    }

    public void Dispose() => _meter.Dispose();
}
