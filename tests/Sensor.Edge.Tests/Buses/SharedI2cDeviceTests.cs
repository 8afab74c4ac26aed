using Sensor.Edge.Buses;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Buses;

public sealed class SharedI2cDeviceTests
{
    [Fact]
    public async Task Use_TwoConversations_ComeOneAfterTheOther()
    {
        using var bus = new SimulatedI2cBus().With(0x48, _ => { }, () => [0x12, 0x34]);
        using var device = new SharedI2cDevice("adc", () => bus.CreateDevice(0x48));
        var gate = new TaskCompletionSource<int>();
        var first = device.UseAsync(_ => gate.Task, CancellationToken.None);
        var second = device.UseAsync(open => Task.FromResult(open.ReadWord(1)), CancellationToken.None);

        Assert.False(second.IsCompleted);
        Assert.Empty(bus.Sent);
        gate.SetResult(1);
        Assert.Equal(1, await first);
        Assert.Equal(0x1234, await second);
    }

    [Fact]
    public async Task Use_WaitingForTheDevice_IsSetFreeByItsCancellation()
    {
        using var bus = new SimulatedI2cBus().With(0x48, _ => { }, () => []);
        using var device = new SharedI2cDevice("adc", () => bus.CreateDevice(0x48));
        var gate = new TaskCompletionSource<int>();
        var first = device.UseAsync(_ => gate.Task, CancellationToken.None);
        using var impatience = new CancellationTokenSource();
        var second = device.UseAsync(_ => Task.FromResult(2), impatience.Token);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.SetResult(1);
        Assert.Equal(1, await first);
    }

    [Fact]
    public async Task Use_DeviceCameBack_IsOpenedAgain()
    {
        var opened = 0;
        using var bus = new SimulatedI2cBus();
        using var device = new SharedI2cDevice("adc", () =>
        {
            opened++;
            return bus.CreateDevice(0x48);
        });
        var broken = await Assert.ThrowsAsync<BusException>(() => device.UseAsync(open => Task.FromResult(open.ReadWord(0)), CancellationToken.None));
        Assert.Equal((FailureKind.Transient, "adc: Error 121 performing I2C data transfer"), (broken.Kind, broken.Message));

        bus.With(0x48, _ => { }, () => [0, 7]);
        Assert.Equal(7, await device.UseAsync(open => Task.FromResult(open.ReadWord(0)), CancellationToken.None));
        Assert.Equal(2, opened);
    }
}
