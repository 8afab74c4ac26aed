using Sensor.Contracts;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Tests.Support;

internal sealed class FakeKernelClock : IKernelClock
{
    public LifeId Boot { get; init; } = LifeId.Parse("0102030405060708090a0b0c0d0e0f10");

    public long BootMilliseconds { get; set; } = 5_000;

    public ClockState State { get; set; } = new(ClockStatus.Synchronised, 12, "kernel");
}
