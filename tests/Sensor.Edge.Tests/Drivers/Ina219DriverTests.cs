using Sensor.Contracts;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

public sealed class Ina219DriverTests : IDisposable
{
    private const string Options = """{ "bus": "i2c", "mainsLostBelow": "13.0", "mainsBackFrom": "13.4", "batteryLowBelow": "12.0", "batteryOkFrom": "12.8" }""";

    private readonly QuickTime _time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly SimulatedI2cBus _bus = new();
    private readonly WordRegisters _registers;
    private readonly DriverTools _tools;
    private int _busyReads;
    private string? _position;

    public Ina219DriverTests()
    {
        _registers = new WordRegisters { OnRead = register => register == 2 && _busyReads-- > 0 ? (ushort)(_registers!.Content[2] & ~2) : _registers!.Content[register] };
        _registers.On(_bus, 0x40);
        _tools = _bus.Buses.Tools(_time);
    }

    public void Dispose() => _bus.Dispose();

    [Fact]
    public async Task Read_SupplyIsWell_IsUnchangedAfterOneTriggeredConversion()
    {
        Assert.Equal("", await Read(13_600));
        Assert.Equal(["40 003FFB", "40 02", "40 00", "40 01"], _bus.Sent);
        Assert.Equal([140], _time.Waits.Select(w => w.TotalMilliseconds));
    }

    [Fact]
    public async Task Read_BatteryRunsDownAndIsCharged_MakesEachEventOnce()
    {
        int[] millivolts = [13_600, 12_996, 13_200, 13_396, 11_996, 12_400, 11_900, 12_800, 13_400, 13_000];
        var events = new List<string>();
        foreach (var supply in millivolts)
        {
            events.Add(await Read(supply));
        }

        Assert.Equal(["", "mains-lost 12.996", "", "", "battery-low 11.996", "", "", "battery-ok 12.800", "mains-back 13.400", ""], events);
    }

    [Fact]
    public async Task Read_BothAtOnce_MakesOneEventAfterTheOther()
    {
        Assert.Equal("mains-lost 11.000", await Read(11_000));
        Assert.Equal("battery-low 11.000", await Read(11_000));
        Assert.Equal("", await Read(11_000));
    }

    [Fact]
    public async Task Read_EventWasNotStored_GivesItAgain()
    {
        await Read(12_500);
        _position = null;
        Assert.Equal("mains-lost 12.500", await Read(12_500));
    }

    [Theory]
    [InlineData(0x7D00, "3.200 A")]
    [InlineData(0x8300, "-3.200 A")]
    [InlineData(5, "0.000 A")]
    [InlineData(15, "0.002 A")]
    public async Task Read_Current_IsOfTheSignedShuntVoltage(int shunt, string expected)
    {
        Set(12_000, (ushort)shunt);
        var happened = Assert.IsType<DriverReply.Happened>(await ReadOnce());
        Assert.Equal((EventType.Power, "probe", expected, new MeasuredValue(12_000, -3)), (happened.Event.Type, happened.Event.Instrument, happened.Event.Note, happened.Event.Level));
    }

    [Fact]
    public async Task Read_ConversionTakesLonger_IsAskedAgain()
    {
        _busyReads = 2;
        Assert.Equal("mains-lost 12.500", await Read(12_500));
        Assert.Equal([140, 20, 20], _time.Waits.Select(w => w.TotalMilliseconds));
    }

    [Theory]
    [InlineData(int.MaxValue, 13_600)]
    [InlineData(0, 32_004)]
    public async Task Read_NoResultOrAnImpossibleOne_FailsAndIsNoEvent(int busyReads, int millivolts)
    {
        _busyReads = busyReads;
        Set(millivolts);
        Assert.Equal(MissingReason.BadAnswer, Assert.IsType<DriverReply.Failed>(await ReadOnce()).Reason);
    }

    [Fact]
    public void ReadOptions_Mistakes_AreAllReported()
    {
        var problems = OptionsOf.Problems("ina219", """{ "bus": "i2c", "address": "0x50", "shunt": 0.1, "mainsLostBelow": "13", "batteryLowBelow": "12.5", "batteryOkFrom": "12" }""");
        Assert.Equal(["address", "shunt", "mainsBackFrom", "batteryOkFrom"], problems.Select(p => p.Split(' ')[0]));
    }

    private async Task<string> Read(int millivolts)
    {
        Set(millivolts);
        switch (await ReadOnce())
        {
            case DriverReply.Happened happened:
                _position = happened.Position;
                return $"{happened.Event.Kind} {happened.Event.Level}";
            case var other:
                Assert.IsType<DriverReply.Unchanged>(other);
                return "";
        }
    }

    private async Task<DriverReply> ReadOnce()
    {
        await using var driver = new Ina219Driver(_tools, OptionsOf.Read<Ina219Options>("ina219", Options));
        return await driver.ReadAsync(new SampleRequest(default, _position), CancellationToken.None);
    }

    /// <summary>The bus register: volts / 4 mV above three bits, of which bit 1 says that the conversion is done.</summary>
    private void Set(int millivolts, ushort shunt = 0)
    {
        _registers.Content[1] = shunt;
        _registers.Content[2] = (ushort)((millivolts / 4 << 3) | 2);
    }
}
