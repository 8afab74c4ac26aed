using Sensor.Contracts;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Tests.Support;

/// <summary>A kernel whose boot clock follows a time, so that it runs with the wall clock unless a test moves it.</summary>
internal sealed class FakeKernelClock(TimeProvider? time = null) : IKernelClock
{
    private readonly long _start = (time ?? TimeProvider.System).GetTimestamp();
    private long _moved = 36_000_000;

    public LifeId Boot { get; init; } = LifeId.Parse("0102030405060708090a0b0c0d0e0f10");

    public long BootMilliseconds => _moved + (long)(time ?? TimeProvider.System).GetElapsedTime(_start).TotalMilliseconds;

    public ClockState State { get; set; } = new(ClockStatus.Synchronised, 12, "kernel");

    /// <summary>Lets the boot clock be ahead of what it would be, as if the wall clock had been set back.</summary>
    public void Move(TimeSpan by) => Interlocked.Add(ref _moved, (long)by.TotalMilliseconds);
}
