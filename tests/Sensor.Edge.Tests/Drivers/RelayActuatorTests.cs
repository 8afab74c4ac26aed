using System.Device.Gpio;
using Microsoft.Extensions.Time.Testing;
using Sensor.Edge.Buses;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

public sealed class RelayActuatorTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly SimulatedGpio _gpio;
    private readonly RelayActuator _relay;

    public RelayActuatorTests()
    {
        _gpio = new SimulatedGpio(_time);
        _relay = Relay();
    }

    public ValueTask DisposeAsync() => _relay.DisposeAsync();

    [Fact]
    public async Task OnAsync_ThenOff_BeginsAsAnOutputThatIsOff()
    {
        await _relay.OnAsync(CancellationToken.None);
        Assert.True(_relay.IsOn);
        _time.Advance(TimeSpan.FromSeconds(5));
        await _relay.OffAsync();
        Assert.False(_relay.IsOn);
        Assert.Equal((PinMode.Output, "0 24=0, 0 24=1, 5 24=0"), (_gpio.ModeOf(24), string.Join(", ", _gpio.Written)));
    }

    [Fact]
    public async Task OnAsync_ActiveLow_IsOnWhileThePinIsLow()
    {
        await using var relay = Relay(activeLow: true);
        await relay.OnAsync(CancellationToken.None);
        await relay.OffAsync();
        Assert.Equal(["0 24=1", "0 24=0", "0 24=1"], _gpio.Written);
    }

    [Fact]
    public async Task OnAsync_NobodySwitchesOff_IsOffAfterTheLongestTime()
    {
        await _relay.OnAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.True(_gpio.IsHigh(24));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((false, false), (_gpio.IsHigh(24), _relay.IsOn));
        Assert.Equal("60 24=0", _gpio.Written[^1]);
    }

    [Fact]
    public async Task OnAsync_Again_HasItsWholeTime()
    {
        await _relay.OnAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(50));
        await _relay.OffAsync();
        await _relay.OnAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.True(_relay.IsOn);
    }

    [Fact]
    public async Task OffAsync_ChipFails_IsTriedAgainUntilItIsOff()
    {
        await _relay.OnAsync(CancellationToken.None);
        _gpio.Fault = new IOException("gone");
        Assert.Equal("bus gpio, pin 24: gone", (await Assert.ThrowsAsync<BusException>(_relay.OffAsync)).Message);
        Assert.Equal((true, false), (_gpio.IsHigh(24), _relay.IsOn));
        _time.Advance(TimeSpan.FromSeconds(3));
        _gpio.Fault = null;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_gpio.IsHigh(24));
    }

    [Fact]
    public async Task OnAsync_ChipFails_IsNotOn()
    {
        _gpio.Fault = new UnauthorizedAccessException("Permission denied");
        var fault = await Assert.ThrowsAsync<BusException>(() => _relay.OnAsync(CancellationToken.None));
        Assert.Equal((FailureKind.Misconfigured, false), (fault.Kind, _relay.IsOn));
    }

    [Fact]
    public async Task Dispose_WhileOn_SwitchesOffAndClosesThePin()
    {
        await _relay.OnAsync(CancellationToken.None);
        await _relay.DisposeAsync();
        Assert.Equal((false, false, false), (_gpio.IsHigh(24), _gpio.IsOpen(24), _relay.IsOn));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.False(_gpio.IsOpen(24));
    }

    private RelayActuator Relay(bool activeLow = false) =>
        new(new RelayOptions { Bus = "gpio", Pin = 24, ActiveLow = activeLow, LongestOn = TimeSpan.FromMinutes(1) }, _gpio.Buses.Tools(_time).Buses, _time);
}
