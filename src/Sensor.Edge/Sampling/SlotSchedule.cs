using Sensor.Contracts;

namespace Sensor.Edge.Sampling;

/// <summary>The instants at which an instrument is read: whole multiples of its cadence since midnight UTC.</summary>
internal sealed class SlotSchedule(TimeSpan cadence)
{
    private readonly long _cadence = (long)cadence.TotalMilliseconds;

    /// <summary>How late a read may begin and still stand for its slot: a minute, or half the cadence where that is shorter.</summary>
    public TimeSpan Tolerance { get; } = TimeSpan.FromTicks(Math.Min(TimeSpan.TicksPerMinute, cadence.Ticks / 2));

    /// <summary>The first slot after an instant.</summary>
    public Instant After(Instant instant)
    {
        var into = ((instant.UnixMilliseconds % _cadence) + _cadence) % _cadence;
        return instant.PlusMilliseconds(_cadence - into);
    }

    /// <summary>Whether it is too late to read for a slot.</summary>
    public bool IsMissed(Instant slot, Instant now) => now.UnixMilliseconds - slot.UnixMilliseconds > Tolerance.TotalMilliseconds;
}
