using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

public sealed class MaintenanceSwitchDriverTests : IAsyncDisposable
{
    private readonly ContactRig _rig = new(tools => new MaintenanceSwitchDriver(tools, OptionsOf.Read<MaintenanceSwitchOptions>(
        "maintenance-switch", """{ "bus": "gpio", "pin": 17, "for": "codmn" }""")));

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Read_NeverSeenBeforeAndOpen_SaysNothing()
    {
        _rig.Gpio.Set(17, true);
        Assert.Equal(("", null), (await _rig.Read(), _rig.Position));
    }

    [Fact]
    public async Task Read_ClosedThroughARestartAndOpened_BeginsOnceAndEndsOnce()
    {
        var said = new List<string> { await _rig.Read() };
        await _rig.RestartAsync(false);
        said.Add(await _rig.Read());
        _rig.Gpio.Set(17, true);
        said.AddRange([await _rig.Read(), await _rig.Read()]);
        Assert.Equal(["MaintenanceBegin codmn switch contact", "", "MaintenanceEnd codmn switch contact", ""], said);
    }

    [Fact]
    public void ReadOptions_NoInstrument_IsForAll() => Assert.Null(OptionsOf.Read<MaintenanceSwitchOptions>("maintenance-switch", """{ "bus": "gpio", "pin": 1 }""").For);
}
