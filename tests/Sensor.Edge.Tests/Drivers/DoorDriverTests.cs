using System.Device.Gpio;
using Sensor.Contracts;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

public sealed class DoorDriverTests : IAsyncDisposable
{
    private readonly ContactRig _rig = new(tools => new DoorDriver(tools, OptionsOf.Read<DoorOptions>("door", """{ "bus": "gpio", "pin": 17 }""")));

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Read_NeverSeenBefore_SaysTheState()
    {
        Assert.Equal("Door contact closed", await _rig.Read());
        Assert.Equal((PinMode.InputPullUp, "closed"), (_rig.Gpio.ModeOf(17), _rig.Position));
    }

    [Fact]
    public async Task Read_NothingMoves_IsUnchangedWellBeforeTheTimeout()
    {
        await _rig.Read();
        var before = _rig.Time.GetUtcNow();
        Assert.IsType<DriverReply.Unchanged>(await _rig.End(_rig.Begin()));
        Assert.Equal(TimeSpan.FromSeconds(15), _rig.Time.GetUtcNow() - before);
    }

    [Fact]
    public async Task Read_DoorOpensWhileWaiting_IsAnEventAfterTheDebounce()
    {
        await _rig.Read();
        var read = _rig.Begin();
        await Wait.Until(() => _rig.Time.Waiting == 1, "the driver waits");
        var (moved, reads) = (_rig.Time.GetUtcNow(), _rig.Gpio.Reads);
        _rig.Gpio.Set(17, true);
        await Wait.Until(() => _rig.Gpio.Reads > reads && _rig.Time.Waiting == 1, "the driver waits for the contact to rest");
        var happened = Assert.IsType<DriverReply.Happened>(await _rig.End(read));
        Assert.Equal((EventType.Door, "opened", "contact", "open"), (happened.Event.Type, happened.Event.Kind, happened.Event.Instrument, happened.Position));
        Assert.Equal(TimeSpan.FromMilliseconds(50), _rig.Time.GetUtcNow() - moved);
    }

    [Fact]
    public async Task Read_ContactBouncesAndComesBack_IsNoEvent()
    {
        await _rig.Read();
        for (var i = 0; i < 6; i++)
        {
            _rig.Gpio.Set(17, i % 2 == 0);
            _rig.Time.Advance(TimeSpan.FromMilliseconds(20));
        }

        Assert.Equal("", await _rig.Read());
    }

    [Fact]
    public async Task Read_OpenedAndClosedBetweenTwoReads_MakesBothEvents()
    {
        await _rig.Read();
        _rig.Gpio.Set(17, true);
        _rig.Time.Advance(TimeSpan.FromMilliseconds(60));
        _rig.Gpio.Set(17, false);
        Assert.Equal(["Door contact opened", "Door contact closed", ""], [await _rig.Read(), await _rig.Read(), await _rig.Read()]);
    }

    [Fact]
    public async Task Read_EdgeWasLost_ShowsInTheLevel()
    {
        await _rig.Read();
        _rig.Gpio.Set(17, true, lost: true);
        Assert.Equal("Door contact opened", await _rig.Read());
    }

    [Theory]
    [InlineData(true, "Door contact opened")]
    [InlineData(false, "")]
    public async Task Read_AfterPowerWasOff_SaysWhatChangedMeanwhile(bool open, string expected)
    {
        await _rig.Read();
        await _rig.RestartAsync(open);
        Assert.Equal(expected, await _rig.Read());
    }

    [Fact]
    public async Task Read_EventWasNotStored_GivesItAgain()
    {
        await _rig.Read();
        _rig.Gpio.Set(17, true);
        Assert.Equal("Door contact opened", await _rig.Read());
        _rig.Position = "closed";
        Assert.Equal("Door contact opened", await _rig.Read());
    }

    [Fact]
    public async Task Read_ChipFails_SaysWhereAndGoesOnWhenItIsBack()
    {
        await _rig.Read();
        _rig.Gpio.Fault = new IOException("Device or resource busy.");
        var failed = Assert.IsType<DriverReply.Failed>(await _rig.Begin());
        Assert.Equal((FailureKind.Transient, MissingReason.NoAnswer, "bus gpio, pin 17: Device or resource busy"), (failed.Kind, failed.Reason, failed.Detail));
        _rig.Gpio.Fault = null;
        _rig.Gpio.Set(17, true);
        Assert.Equal("Door contact opened", await _rig.Read());
    }

    [Fact]
    public async Task Dispose_AfterARead_ClosesThePin()
    {
        await _rig.Read();
        Assert.True(_rig.Gpio.IsOpen(17));
        await _rig.DisposeAsync();
        Assert.False(_rig.Gpio.IsOpen(17));
    }

    [Fact]
    public void ReadOptions_Mistakes_AreAllReported()
    {
        var problems = OptionsOf.Problems("door", """{ "bus": "i2c", "pin": 4000, "pull": "left", "closedLow": 1, "debounce": "1h", "colour": "red" }""");
        Assert.Equal(["bus", "closedLow", "colour", "debounce", "pin", "pull"], problems.Select(p => p.Split(' ')[0]).Order());
    }

    [Fact]
    public void ReadOptions_PullDown_ClosedIsHigh() =>
        Assert.False(OptionsOf.Read<DoorOptions>("door", """{ "bus": "gpio", "pin": 17, "pull": "down" }""").ClosedLow);
}
