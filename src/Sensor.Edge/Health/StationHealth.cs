using Sensor.Edge.Outbox;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Health;

/// <summary>How the station is, for its status and its metrics.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StationHealth(StationOutbox outbox, StationClock clock, SampleBook samples, Machine machine)
{
    public SampleBook Samples => samples;

    public Machine Machine => machine;

    /// <summary>How long the oldest record that an operator lacks has waited, by its own wall clock; null where it lacks none.</summary>
    public TimeSpan? OldestUndelivered(string operatorId)
    {
        if (outbox.Undelivered(operatorId) <= 0)
        {
            return null;
        }

        var position = RangeSet.FirstOutside(1, outbox.Coverage.Of(operatorId), RangeSet.Empty);
        var wall = outbox.Read([position], 1).Select(bytes => KeptRecord.Of(bytes)?.Wall).FirstOrDefault();
        return wall is { } then ? TimeSpan.FromMilliseconds(Math.Max(0, clock.Now.UnixMilliseconds - then.UnixMilliseconds)) : null;
    }
}
