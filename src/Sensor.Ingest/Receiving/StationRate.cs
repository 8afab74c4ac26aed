namespace Sensor.Ingest.Receiving;

/// <summary>
/// What one station has used of its rate, as the time until it has none of it used any more. A station that was quiet may be ahead of its rate by the
/// burst; a message that alone is more than the burst passes when nothing is used, and is paid for afterwards.
/// </summary>
/// <remarks>Times are since some fixed moment, by a clock that is never set. Not thread-safe.</remarks>
internal sealed class StationRate(int recordsPerMinute, int bytesPerMinute, TimeSpan burst)
{
    private TimeSpan _records;
    private TimeSpan _bytes;

    /// <summary>How long a message has to wait until the rate has room for it.</summary>
    public TimeSpan Pause(int records, int bytes, TimeSpan now)
    {
        var (one, other) = (Pause(_records, Cost(records, recordsPerMinute), now), Pause(_bytes, Cost(bytes, bytesPerMinute), now));
        return one > other ? one : other;
    }

    /// <summary>Uses the rate for a message.</summary>
    public void Use(int records, int bytes, TimeSpan now)
    {
        _records = Later(_records, now) + Cost(records, recordsPerMinute);
        _bytes = Later(_bytes, now) + Cost(bytes, bytesPerMinute);
    }

    private TimeSpan Pause(TimeSpan used, TimeSpan cost, TimeSpan now)
    {
        var room = burst - (cost < burst ? cost : burst);
        return used - now > room ? used - now - room : TimeSpan.Zero;
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Cost(int amount, int perMinute) => TimeSpan.FromTicks(TimeSpan.TicksPerMinute * amount / perMinute);
}
