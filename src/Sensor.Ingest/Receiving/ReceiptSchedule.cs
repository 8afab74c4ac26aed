using Sensor.Contracts;

namespace Sensor.Ingest.Receiving;

/// <summary>Which receipt is due when: at most one a second for each station, the runs with news one after another, stations that sent live records before others.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ReceiptSchedule
{
    /// <summary>The least time between two receipts to one station.</summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Station> _stations = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Notes that a run has news.</summary>
    /// <param name="station">The station.</param>
    /// <param name="run">The run.</param>
    /// <param name="live">Whether a record that arose just now is among it.</param>
    public void Note(string station, LifeId run, bool live = false)
    {
        lock (_lock)
        {
            if (!_stations.TryGetValue(station, out var entry))
            {
                _stations.Add(station, entry = new Station());
            }

            entry.HasLive |= live;
            if (!entry.Runs.Contains(run))
            {
                entry.Runs.Enqueue(run);
            }
        }
    }

    /// <summary>Takes what is due now, at most one run of each station.</summary>
    /// <param name="now">The time since some fixed moment, by a clock that is never set.</param>
    /// <param name="most">The most that are taken; the others stay due.</param>
    public IReadOnlyList<(string Station, LifeId Run)> Take(TimeSpan now, int most = int.MaxValue)
    {
        lock (_lock)
        {
            var due = _stations.Where(s => s.Value.Runs.Count > 0 && s.Value.NotBefore <= now)
                .OrderByDescending(s => s.Value.HasLive).ThenBy(s => s.Value.NotBefore).Take(most).ToList();
            return [.. due.Select(s =>
            {
                s.Value.NotBefore = now + Spacing;
                var run = s.Value.Runs.Dequeue();
                s.Value.HasLive &= s.Value.Runs.Count > 0;
                return (s.Key, run);
            })];
        }
    }

    /// <summary>When the next receipt is due, by the clock of <see cref="Take"/>; null while there is no news.</summary>
    public TimeSpan? Next()
    {
        lock (_lock)
        {
            return _stations.Values.Where(s => s.Runs.Count > 0).Select(s => (TimeSpan?)s.NotBefore).Min();
        }
    }

    private sealed class Station
    {
        public Queue<LifeId> Runs { get; } = [];

        public TimeSpan NotBefore { get; set; }

        public bool HasLive { get; set; }
    }
}
