using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Drivers;
using Sensor.Edge.Outbox;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

/// <summary>What the I2C drivers say, signed into an outbox and read again after a restart.</summary>
public sealed class I2cRecordTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TestFolder _folder = new();
    private readonly SigningKey _key = SigningKey.Create();
    private readonly SigningKey _operator = SigningKey.Create();

    public void Dispose()
    {
        _key.Dispose();
        _operator.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Read_AcrossARestart_ReportsEachStateOnceAndTheChainHolds()
    {
        var configuration = Some.Configuration(_folder, [("anhui", _operator)]);
        for (var run = 0; run < 2; run++)
        {
            using var outbox = Some.Outbox(configuration, _key);
            for (var slot = 0; slot < 3; slot++)
            {
                await Sample(outbox, Instant.From(Noon.AddMinutes(slot)), run);
            }
        }

        var bodies = Chain.Verified(configuration.OutboxFile, _key.Public).Select(r => r.Record.Body).ToArray();
        Assert.Equal(
            ["Boot", "settings", "mains-lost", "oscillator", "w01010", "battery-low", "time", "w01010", "Boot", "w01010", "w01010", "w01010"],
            bodies.Select(b => b is EventBody { Event: var e } ? e.Type == EventType.Boot ? "Boot" : e.Kind : ((ReadingsBody)b).Readings[0].Parameter));
    }

    private async Task Sample(StationOutbox outbox, Instant slot, int run)
    {
        var time = new QuickTime(slot.ToDateTimeOffset());
        using var bus = Bus();
        foreach (var (instrument, driver) in Drivers(bus.Buses.Tools(time, "rtd")))
        {
            var reply = await driver.ReadAsync(new SampleRequest(slot, outbox.PositionOf(instrument)), CancellationToken.None);
            Assert.True(run == 0 || reply is DriverReply.Sampled or DriverReply.Unchanged, $"{instrument} after the restart");
            Append(outbox, instrument, reply);
        }
    }

    private static void Append(StationOutbox outbox, string instrument, DriverReply reply)
    {
        if (reply is DriverReply.Happened happened)
        {
            outbox.Append(new EventBody(happened.Event), new DriverPosition(instrument, happened.Position!));
        }
        else if (reply is DriverReply.Sampled sampled)
        {
            outbox.Append(new ReadingsBody(sampled.Instant, sampled.Readings));
        }
    }

    private static IEnumerable<(string Instrument, IDriver Driver)> Drivers(DriverTools tools)
    {
        yield return ("rtd", new AtlasEzoDriver(tools, OptionsOf.Read<AtlasEzoOptions>("atlas-ezo", """{ "bus": "i2c", "type": "RTD" }""")));
        yield return ("supply", new Ina219Driver(tools with { Instrument = "supply" }, OptionsOf.Read<Ina219Options>("ina219", """{ "bus": "i2c", "mainsLostBelow": "13.0", "mainsBackFrom": "13.4", "batteryLowBelow": "12.0", "batteryOkFrom": "12.8" }""")));
        yield return ("rtc", new Ds3231Driver(tools with { Instrument = "rtc" }, OptionsOf.Read<Ds3231Options>("ds3231", """{ "bus": "i2c" }""")));
    }

    /// <summary>A working thermometer, a battery at 11 V without mains, and a clock that stood still.</summary>
    private static SimulatedI2cBus Bus()
    {
        var bus = new SimulatedI2cBus();
        var command = "";
        var answers = new Dictionary<string, string> { ["I"] = "?I,RTD,2.01", ["Cal,?"] = "?Cal,1", ["Status"] = "?Status,P,3.33", ["R"] = "18.204" };
        bus.With(0x66, bytes => command = Encoding.ASCII.GetString(bytes), () => [1, .. Encoding.ASCII.GetBytes(answers[command]), 0]);
        new WordRegisters { Content = { [1] = 100, [2] = (11_000 / 4 << 3) | 2 } }.On(bus, 0x40);
        var clock = new byte[0x13];
        (clock[4], clock[5], clock[0x0F]) = (1, 1, 0x88);
        return bus.With(0x68, _ => { }, () => clock);
    }
}
