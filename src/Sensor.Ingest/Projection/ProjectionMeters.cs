using System.Diagnostics.Metrics;

namespace Sensor.Ingest.Projection;

/// <summary>What /metrics shows of the projection.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ProjectionMeters : IDisposable
{
    private readonly Meter _meter = new(IngestMeters.MeterName);
    private readonly Counter<long> _failures;
    private readonly Counter<long> _refused;
    private long _failed;
    private long _lost;

    public ProjectionMeters(Func<long> lag, Func<bool> rebuildNeeded)
    {
        _failures = _meter.CreateCounter<long>("waterwatch_influx_failures", description: "Tries in which InfluxDB did not confirm.");
        _refused = _meter.CreateCounter<long>("waterwatch_influx_refused_points", description: "Points that InfluxDB will never take.");
        _meter.CreateObservableGauge("waterwatch_influx_lag", lag, description: "Records of the evidence that InfluxDB has not confirmed.");
        _meter.CreateObservableGauge("waterwatch_influx_rebuild_needed", () => rebuildNeeded() ? 1 : 0, description: "1 while only a rebuild makes InfluxDB whole.");
    }

    /// <summary>Tries that failed since the start.</summary>
    public long Failures => Volatile.Read(ref _failed);

    /// <summary>Points refused since the start.</summary>
    public long Refused => Volatile.Read(ref _lost);

    public void Failed()
    {
        _failures.Add(1);
        Interlocked.Increment(ref _failed);
    }

    public void Lost(int points)
    {
        _refused.Add(points);
        Interlocked.Add(ref _lost, points);
    }

    public void Dispose() => _meter.Dispose();
}
