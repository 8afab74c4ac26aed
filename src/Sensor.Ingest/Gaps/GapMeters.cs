using System.Diagnostics.Metrics;

namespace Sensor.Ingest.Gaps;

/// <summary>What /metrics shows of gaps.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class GapMeters : IDisposable
{
    private readonly Meter _meter = new(IngestMeters.MeterName);
    private readonly Counter<long> _requests;

    /// <param name="open">The gaps as they stand, with their states.</param>
    public GapMeters(Func<IReadOnlyList<GapView>> open)
    {
        _requests = _meter.CreateCounter<long>("waterwatch_resend_requests", description: "Requests to stations to send again what lacks of a run.");
        _meter.CreateObservableGauge("waterwatch_gap_records", () => Measure(open()), description: "Records that lack and no loss closes, by station and what became of the requests.");
    }

    public void Asked() => _requests.Add(1);

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Measure(IReadOnlyList<GapView> gaps) => gaps
        .GroupBy(gap => (gap.Station, gap.State))
        .Select(group => new Measurement<long>(group.Sum(gap => gap.Last - gap.First + 1), new KeyValuePair<string, object?>("station", group.Key.Station), new KeyValuePair<string, object?>("state", group.Key.State)));
}
