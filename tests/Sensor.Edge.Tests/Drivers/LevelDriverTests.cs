using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

public sealed class LevelDriverTests : IAsyncDisposable
{
    private readonly ContactRig _rig = new(tools => new LevelDriver(tools, OptionsOf.Read<LevelOptions>(
        "level", """{ "bus": "gpio", "pin": 17, "kind": "float", "whenClosed": "water", "whenOpen": "no water", "debounce": "2s" }""")));

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Read_ChangesAndRestart_SaysEachChangeAndTheStateAtEachStart()
    {
        var said = new List<string> { await _rig.Read(), await _rig.Read() };
        _rig.Gpio.Set(17, true);
        said.Add(await _rig.Read());
        await _rig.RestartAsync(true);
        said.AddRange([await _rig.Read(), await _rig.Read()]);
        Assert.Equal(["InstrumentSetting contact float >water", "", "InstrumentSetting contact float water>no water", "InstrumentSetting contact float no water>no water", ""], said);
    }

    [Fact]
    public async Task Read_WaveTouchesTheFloat_IsNoEvent()
    {
        await _rig.Read();
        _rig.Gpio.Set(17, true);
        _rig.Time.Advance(TimeSpan.FromSeconds(1.9));
        _rig.Gpio.Set(17, false);
        Assert.Equal("", await _rig.Read());
    }

    [Fact]
    public void ReadOptions_OneWordForBothStates_IsReported() => Assert.Equal(
        ["whenOpen 'wet' is said of a closed contact as well"],
        OptionsOf.Problems("level", """{ "bus": "gpio", "pin": 1, "kind": "leak", "whenClosed": "wet", "whenOpen": "wet" }"""));

    [Fact]
    public void ReadOptions_NoKind_IsReported() => Assert.StartsWith("kind ", Assert.Single(OptionsOf.Problems("level", """{ "bus": "gpio", "pin": 1 }""")), StringComparison.Ordinal);
}
