using System.Diagnostics.Metrics;

namespace Sensor.Ingest.Receiving;

/// <summary>What /metrics shows of stations that send more than their rate.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LimitMeters : IDisposable
{
    private readonly Meter _meter = new(IngestMeters.MeterName);
    private readonly Counter<long> _limited;

    public LimitMeters() => _limited = _meter.CreateCounter<long>("waterwatch_limited_records", description: "Records beyond a station's rate, by station and whether they waited or were put aside.");

    public void Limited(string station, int records, bool aside) => _limited.Add(
        records, new KeyValuePair<string, object?>("station", station), new KeyValuePair<string, object?>("result", aside ? "put-aside" : "waited"));

    public void Dispose() => _meter.Dispose();
}
