using System.Diagnostics.Metrics;
using Sensor.Compliance.Outcomes.Differences;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Windows;

namespace Sensor.Ingest;

/// <summary>What /metrics shows: counters since the start of the process and a few gauges.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class IngestMeters : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "WaterWatch.Ingest";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _records;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _receipts;
    private readonly Counter<long> _outcomes;
    private readonly Counter<long> _lateFindings;
    private readonly Counter<long> _commits;
    private readonly Counter<long> _repeats;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _suspects;
    private long _logSize;

    public IngestMeters(Func<int> connected)
    {
        _records = _meter.CreateCounter<long>("waterwatch_records", description: "Records of enrolled or pending keys, by what became of them.");
        _refused = _meter.CreateCounter<long>("waterwatch_refused", description: "Refused messages and envelopes, by reason.");
        _receipts = _meter.CreateCounter<long>("waterwatch_receipts", description: "Receipts, by whether they left.");
        _outcomes = _meter.CreateCounter<long>("waterwatch_outcomes", description: "Outcomes issued, by result.");
        _lateFindings = _meter.CreateCounter<long>("waterwatch_late_findings", description: "Evaluations in which late data would change a final outcome.");
        _commits = _meter.CreateCounter<long>("waterwatch_commits", description: "Durable transactions of the evidence log.");
        _messages = _meter.CreateCounter<long>("waterwatch_messages", description: "Messages and frames with something in them, before they are stored.");
        _failures = _meter.CreateCounter<long>("waterwatch_commit_failures", description: "Transactions of the evidence log that failed; nothing in them was acknowledged.");
        _repeats = _meter.CreateCounter<long>("waterwatch_observation_repeats", description: "New records whose readings another record of the station states already.");
        _suspects = _meter.CreateCounter<long>("waterwatch_clock_suspects", description: "New records whose clock was more than 5 minutes later than their arrival.");
        _meter.CreateObservableGauge("waterwatch_log_size", () => Volatile.Read(ref _logSize), description: "Entries of the evidence log.");
        _meter.CreateObservableGauge("waterwatch_broker_connected", connected, description: "1 while stations can be heard.");
        CommitSeconds = Duration("waterwatch_commit_duration", "Seconds from the first statement of a transaction until it was durable.");
        AssessSeconds = Duration("waterwatch_assess_duration", "Seconds to evaluate the agreements of the sections with news.");
    }

    /// <summary>How long transactions take, in seconds.</summary>
    public Histogram<double> CommitSeconds { get; }

    /// <summary>How long evaluations take, in seconds.</summary>
    public Histogram<double> AssessSeconds { get; }

    /// <summary>Counts what came and is yet to be stored.</summary>
    public void Came(IReadOnlyList<Arrival> arrivals) => _messages.Add(arrivals.Count > 0 ? 1 : 0);

    /// <summary>Counts a transaction that failed.</summary>
    public void CommitFailed() => _failures.Add(1);

    /// <summary>Counts a durable transaction.</summary>
    public void Committed(AppendResult result)
    {
        _commits.Add(1);
        _repeats.Add(result.ObservationRepeats);
        _suspects.Add(result.ClockSuspects);
        Volatile.Write(ref _logSize, result.Checkpoint.Size);
        foreach (var (arrival, landing) in result.Arrivals.Zip(result.Landings))
        {
            if (landing == Landing.Refused)
            {
                _refused.Add(1, new KeyValuePair<string, object?>("reason", arrival is RefusedArrival refused ? refused.Reason : "pending-full"));
            }
            else
            {
                _records.Add(1, new KeyValuePair<string, object?>("result", NameOf(landing)));
            }
        }
    }

    /// <summary>Counts a receipt.</summary>
    public void Receipt(bool left) => _receipts.Add(1, new KeyValuePair<string, object?>("result", left ? "published" : "failed"));

    /// <summary>Counts an outcome, or what came too late to be one.</summary>
    public void Taken(TakenOutcome taken)
    {
        if (taken.Succession == Succession.LateFinding)
        {
            _lateFindings.Add(1);
            return;
        }

        _outcomes.Add(1, new KeyValuePair<string, object?>("result", $"{taken.Outcome.State}-{taken.Outcome.Result}".ToLowerInvariant()));
    }

    public void Dispose() => _meter.Dispose();

    private static string NameOf(Landing landing) => landing switch
    {
        Landing.New => "new",
        Landing.Repeat => "repeat",
        Landing.Fork => "fork",
        Landing.Pending => "pending",
        _ => "pending-repeat",
    };

    private Histogram<double> Duration(string name, string description) => _meter.CreateHistogram(
        name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30] });
}
