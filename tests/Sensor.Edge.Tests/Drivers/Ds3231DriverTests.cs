using Sensor.Contracts;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

public sealed class Ds3231DriverTests : IDisposable
{
    private static readonly DateTimeOffset Wall = new(2026, 5, 1, 12, 34, 56, 400, TimeSpan.Zero);

    private readonly QuickTime _time = new(Wall);
    private readonly SimulatedI2cBus _bus = new();
    private readonly DriverTools _tools;
    private byte[] _registers = Registers("56341201010526");

    public Ds3231DriverTests() => _tools = _bus.With(0x68, _ => { }, () => _registers).Buses.Tools(_time);

    public void Dispose() => _bus.Dispose();

    [Fact]
    public async Task Read_ClockAgrees_IsUnchangedAfterOneTransactionThatWritesNothing()
    {
        Assert.IsType<DriverReply.Unchanged>(await Read(null));
        Assert.Equal(["68 00"], _bus.Sent);
    }

    [Fact]
    public async Task Read_OscillatorHadStopped_IsAnEventOnce()
    {
        _registers = Registers("00000001010100", status: 0x88);
        var stopped = Assert.IsType<DriverReply.Happened>(await Read(null));
        Assert.Equal(
            (EventType.InstrumentSetting, "probe", "oscillator", "running", "stopped", "clock 2000-01-01T00:00:00.000Z, station 2026-05-01T12:34:56.400Z"),
            (stopped.Event.Type, stopped.Event.Instrument, stopped.Event.Kind, stopped.Event.Before, stopped.Event.After, stopped.Event.Note));

        var differs = Assert.IsType<DriverReply.Happened>(await Read(stopped.Position));
        Assert.Equal(("time", "agrees", "differs by -830954095400 ms"), (differs.Event.Kind, differs.Event.Before, differs.Event.After));
        Assert.IsType<DriverReply.Unchanged>(await Read(differs.Position));

        _registers = Registers("56341201010526");
        var running = Assert.IsType<DriverReply.Happened>(await Read(differs.Position));
        Assert.Equal(("oscillator", "running"), (running.Event.Kind, running.Event.After));
        Assert.Equal("agrees by 0 ms", Assert.IsType<DriverReply.Happened>(await Read(running.Position)).Event.After);
    }

    /// <summary>The station shows 12:34:56.400; the clock shows whole seconds and stands for all of each.</summary>
    [Theory]
    [InlineData("57", null, "agrees")]
    [InlineData("51", null, "agrees")]
    [InlineData("50", null, "differs by -5400 ms")]
    [InlineData("52", "running differs", "differs")]
    [InlineData("53", "running differs", "agrees by -2400 ms")]
    [InlineData("59", "running differs", "differs")]
    public async Task Read_ClockDiffers_IsAnEventBeyondTheToleranceUntilItHalves(string seconds, string? position, string expected)
    {
        _registers = Registers(seconds + "341201010526");
        var reply = await Read(position);
        Assert.Equal(expected, reply is DriverReply.Happened happened ? happened.Event.After : position is null ? "agrees" : "differs");
    }

    /// <summary>Bit 6 of the hours counts from 12, bit 5 is the afternoon; the century bit does not move the year.</summary>
    [Theory]
    [InlineData("56347201010526")]
    [InlineData("56341201018526")]
    public async Task Read_OtherFormsOfTheSameTime_Agree(string registers)
    {
        _registers = Registers(registers);
        Assert.IsType<DriverReply.Unchanged>(await Read(null));
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFF")]
    [InlineData("00000000000000")]
    [InlineData("5A341201010526")]
    [InlineData("56342401010526")]
    [InlineData("56345301010526")]
    [InlineData("56341201300226")]
    [InlineData("56341201011326")]
    public async Task Read_DigitsAreNoTime_Fails(string registers)
    {
        _registers = Registers(registers);
        Assert.Equal(MissingReason.BadAnswer, Assert.IsType<DriverReply.Failed>(await Read(null)).Reason);
    }

    [Fact]
    public async Task Read_BusCannotBeOpened_FailsAndNamesIt()
    {
        await using var driver = new Ds3231Driver(new FakeBuses().Tools(_time), new Ds3231Options { Bus = "i2c" });
        Assert.Equal("bus i2c, address 0x68: no such device", Assert.IsType<DriverReply.Failed>(await driver.ReadAsync(new SampleRequest(default, null), CancellationToken.None)).Detail);
    }

    [Fact]
    public void ReadOptions_Mistakes_AreAllReported() =>
        Assert.Equal(["bus", "tolerance"], OptionsOf.Problems("ds3231", """{ "bus": "gpio", "tolerance": "10ms" }""").Select(p => p.Split(' ')[0]));

    private static byte[] Registers(string time, byte status = 0x08)
    {
        var registers = new byte[0x13];
        Convert.FromHexString(time.AsSpan(0, 14)).CopyTo(registers, 0);
        registers[0x0F] = status;
        return registers;
    }

    private async Task<DriverReply> Read(string? position)
    {
        await using var driver = new Ds3231Driver(_tools, new Ds3231Options { Bus = "i2c" });
        return await driver.ReadAsync(new SampleRequest(default, position), CancellationToken.None);
    }
}
