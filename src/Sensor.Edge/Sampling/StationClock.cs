using Sensor.Contracts;

namespace Sensor.Edge.Sampling;

/// <summary>What the kernel says about time.</summary>
internal interface IKernelClock
{
    /// <summary>The boot to which <see cref="BootMilliseconds"/> belongs.</summary>
    LifeId Boot { get; }

    /// <summary>Milliseconds since that boot, suspend included.</summary>
    long BootMilliseconds { get; }

    /// <summary>How far the wall clock can be trusted.</summary>
    ClockState State { get; }
}

/// <summary>The moment of a signature on every clock of the station.</summary>
internal sealed record ClockReading(Instant Wall, LifeId Boot, long BootMilliseconds, ClockState State);

/// <summary>Reads all clocks of the station. The only place that turns the wall clock into instants.</summary>
/// <remarks>
/// It has a floor: when this software was made, or later when it was last synchronised. A wall clock below the floor is wrong whatever the kernel
/// says, as after a start without battery; sampling goes on, and the records say so. Thread-safe.
/// </remarks>
internal sealed class StationClock(TimeProvider time, IKernelClock kernel)
{
    /// <summary>The word for a clock below the floor, as records carry it.</summary>
    public const string BelowFloor = "below-floor";

    /// <summary>Before this software was made.</summary>
    private static readonly Instant Made = Instant.From(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>A synchronised clock may be set back by a little.</summary>
    private const long ToleranceMilliseconds = 60_000;

    private static readonly ClockState Insane = new(ClockStatus.Unsynchronised, null, BelowFloor);
    private long _floor = Made.UnixMilliseconds;

    public TimeProvider Time => time;

    public Instant Now => Instant.From(time.GetUtcNow());

    /// <summary>The earliest moment that it can be.</summary>
    public Instant Floor => new(Volatile.Read(ref _floor));

    public ClockState State => StateAt(Now);

    public ClockReading Read()
    {
        var now = Now;
        var reading = new ClockReading(now, kernel.Boot, kernel.BootMilliseconds, StateAt(now));
        if (reading.State.Status == ClockStatus.Synchronised)
        {
            RaiseFloor(now);
        }

        return reading;
    }

    /// <summary>It has been this late before, by a synchronised clock.</summary>
    public void RaiseFloor(Instant known)
    {
        for (var floor = Volatile.Read(ref _floor); known.UnixMilliseconds > floor;)
        {
            var seen = Interlocked.CompareExchange(ref _floor, known.UnixMilliseconds, floor);
            floor = seen == floor ? known.UnixMilliseconds : seen;
        }
    }

    private ClockState StateAt(Instant now) => now.UnixMilliseconds < Volatile.Read(ref _floor) - ToleranceMilliseconds ? Insane : kernel.State;
}
