using System.Collections.Concurrent;

namespace Sensor.Edge.Health;

/// <summary>Knows by when each loop must have shown itself again; the station is alive as long as none is overdue.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Heartbeat(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TimeSpan> _due = new(StringComparer.Ordinal);
    private readonly long _start = time.GetTimestamp();

    /// <summary>Whether every loop has sampled and stored in time.</summary>
    public bool Alive => _due.Values.All(due => due >= time.GetElapsedTime(_start));

    /// <summary>A loop shows itself and says within which time it will again.</summary>
    public void Expect(string loop, TimeSpan within) => _due[loop] = time.GetElapsedTime(_start) + within;

    /// <summary>A loop has ended as it should.</summary>
    public void Forget(string loop) => _due.TryRemove(loop, out _);
}
