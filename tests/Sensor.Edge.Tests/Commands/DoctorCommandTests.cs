using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Buses;
using Sensor.Edge.Commands;
using Sensor.Edge.Configuration;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Commands;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SigningKey _operator = SigningKey.Create();

    public void Dispose()
    {
        _operator.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Examine_StationWithoutAnything_NamesEachFaultWithItsRemedy()
    {
        Directory.CreateDirectory(_folder["sys/devices/platform/soc/soc:firmware"]);
        Directory.CreateDirectory(_folder["sys/bus/w1/devices"]);
        _folder.Write("sys/devices/platform/soc/soc:firmware/get_throttled", "50001");
        var kernel = new FakeKernelClock { State = new ClockState(ClockStatus.Unsynchronised, null, "kernel") };
        var found = await ExamineAsync(new FakeBuses(), kernel, FakeBuses.Configured);

        Assert.Equal(
            [
                "look  clock", "WRONG key", "look  storage", "WRONG supply", "WRONG broker", "WRONG bus serial", "WRONG bus tcp", "WRONG bus i2c", "WRONG bus gpio", "look  1-Wire", "ok    instrument probe (simulated)",
            ],
            found.Select(f => f.ToString().Split(':')[0]));
        Assert.All(found.Where(f => f.Grade != FindingGrade.Good), f => Assert.False(string.IsNullOrEmpty(f.Remedy)));
        Assert.Equal("WRONG bus i2c: no such device. Switch the bus on (dtparam=i2c_arm=on) and put the user into the group i2c.", found.Single(f => f.Subject == "bus i2c").ToString());
        Assert.Contains("under-voltage now", found.Single(f => f.Subject == "supply").What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Examine_WhatWorks_IsShownWithWhatItSays()
    {
        Directory.CreateDirectory(_folder["data"]);
        Directory.CreateDirectory(_folder["sys/bus/w1/devices/28-031655c9d5ff"]);
        _folder.Write("data/station.key.pem", "");
        await using var broker = await TestBroker.StartAsync();
        var found = await ExamineAsync(new FakeBuses { Line = _ => new ScriptedLine(_ => []) }, new FakeKernelClock(), [FakeBuses.Configured[0]], broker.Port);

        Assert.All(found, f => Assert.Equal(FindingGrade.Good, f.Grade));
        Assert.Equal("ok    clock: synchronised, 12 ms at most.", found[0].ToString());
        Assert.Equal("ok    1-Wire: probes 28-031655c9d5ff.", found.Single(f => f.Subject == "1-Wire").ToString());
        Assert.Contains("pH ", found[^1].What, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_DevicesOnTheBus_AreNamedByTheirAddress()
    {
        using var bus = new SimulatedI2cBus().With(0x48, _ => { }, () => [0]).With(0x63, _ => { }, () => [0]).With(0x20, _ => { }, () => [0]);
        Assert.Equal("answers at 0x20, 0x48 (usually ADS1115), 0x63 (usually EZO-pH)", BusExamination.Scan(bus));
        Assert.Empty(bus.Sent);
        using var empty = new SimulatedI2cBus();
        Assert.Equal("nothing answers", BusExamination.Scan(empty));
    }

    [Fact]
    public async Task Run_AsAProcess_ExitsWithFiveAndReadPrintsALineForEachInstrument()
    {
        _folder.Write("operator.pem", _operator.Public.Pem);
        var configuration = _folder.Write("station.json", """
            { "deployment": "xinan", "station": "JK-1", "dataDirectory": "data", "mqtt": { "host": "127.0.0.1", "port": 9 },
              "operators": [{ "id": "anhui", "publicKeyFile": "operator.pem" }],
              "buses": [{ "id": "line", "kind": "serial", "device": "/dev/nowhere" }],
              "instruments": [
                { "id": "water", "driver": "simulated", "cadence": "1m" },
                { "id": "lost", "driver": "modbus", "cadence": "1m", "options": { "bus": "line", "unit": 1, "points": [{ "parameter": "w01019", "function": "holding", "address": 0, "type": "uint16" }] } } ] }
            """);
        var doctor = await Station.RunAsync("doctor", "--config", configuration);
        var read = await Station.RunAsync("read", "--config", configuration);
        var one = await Station.RunAsync("read", "--config", configuration, "--instrument", "water");
        var none = await Station.RunAsync("read", "--config", configuration, "--instrument", "air");

        Assert.Equal(5, doctor.Exit);
        Assert.Contains("WRONG bus line: ", doctor.Out, StringComparison.Ordinal);
        Assert.Contains("WRONG instrument lost (modbus): NoAnswer", doctor.Out, StringComparison.Ordinal);
        Assert.Equal((5, 2), (read.Exit, read.Out.Trim().Split('\n').Length));
        Assert.Contains("\"instrument\":\"lost\",\"failed\":", read.Out, StringComparison.Ordinal);
        Assert.Equal(0, one.Exit);
        Assert.Contains("\"symbol\":\"CODMn\"", one.Out, StringComparison.Ordinal);
        Assert.Contains("none of this station's instruments: water, lost", none.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["data"]));
    }

    private async Task<List<Finding>> ExamineAsync(IBusHardware hardware, FakeKernelClock kernel, IReadOnlyList<BusConfiguration> buses, int port = 9)
    {
        var configuration = Some.Configuration(_folder, [("anhui", _operator)], port) with { Buses = buses };
        var found = new List<Finding>();
        await foreach (var finding in new DoctorCommand(configuration, hardware, TimeProvider.System, kernel, _folder.Path).ExamineAsync(TestContext.Current.CancellationToken))
        {
            found.Add(finding);
        }

        return found;
    }
}
