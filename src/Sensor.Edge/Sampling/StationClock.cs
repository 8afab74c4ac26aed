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
internal sealed class StationClock(TimeProvider time, IKernelClock kernel)
{
    public TimeProvider Time => time;

    public Instant Now => Instant.From(time.GetUtcNow());

    public ClockState State => kernel.State;

    public ClockReading Read() => new(Now, kernel.Boot, kernel.BootMilliseconds, kernel.State);
}
