using Sensor.Contracts;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Tests.Sampling;

public sealed class KernelClockTests
{
    [Theory]
    [InlineData(0, 0, 1_500, ClockStatus.Synchronised, 2L)]
    [InlineData(0, 0x2001, 500_000, ClockStatus.Synchronised, 500L)]
    [InlineData(5, 0, 1_500, ClockStatus.Unsynchronised, null)]
    [InlineData(0, 0x40, 16_000_000, ClockStatus.Unsynchronised, null)]
    public void Interpret_ReplyOfAdjtimex_SaysWhetherAndHowWell(int state, int status, long error, ClockStatus expected, long? milliseconds) =>
        Assert.Equal(new ClockState(expected, milliseconds, "kernel"), KernelClock.Interpret(state, status, error));

    [Fact]
    public void Read_ThisKernel_CountsItsBoot()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a Linux kernel");
        var clock = new KernelClock();
        var uptime = File.ReadAllText("/proc/uptime").Split('.')[0];
        Assert.InRange(clock.BootMilliseconds / 1000, long.Parse(uptime, null) - 1, long.Parse(uptime, null) + 5);
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim().Replace("-", "", StringComparison.Ordinal), clock.Boot.ToString());
        Assert.True(Enum.IsDefined(clock.State.Status));
    }
}
