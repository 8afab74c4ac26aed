using System.Diagnostics;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Drivers.Modbus;
using Sensor.Edge.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Edge.Tests.Drivers;

/// <summary>Sixteen slaves of another maker (pymodbus) on one serial line (socat): whatever the others do, twelve healthy ones keep their cadence.</summary>
public sealed class ModbusBusTests : IDisposable
{
    private const int Healthy = 12;
    private const int Slots = 4;
    private static readonly TimeSpan Cadence = TimeSpan.FromSeconds(4);

    private readonly TestFolder _folder = new();
    private readonly SigningKey _operator = SigningKey.Create();
    private readonly List<Process> _processes = [];

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        _operator.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Sample_DeadLateBusyAndNaNUnitsOnTheLine_TheOthersHaveEverySlot()
    {
        using var line = await StartLineAsync(lateness: 0.4);
        var configuration = Some.Configuration(_folder, [("anhui", _operator)], 1, [.. Enumerable.Range(1, 16).Select(Unit)]) with
        {
            Buses = [new SerialBusConfiguration { Id = "rs485", Device = line.Near, Baud = 19200 }],
        };
        EdgeHost.Enroll(configuration);
        await using var host = EdgeHost.Create(configuration);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await Wait.Until(() => Enumerable.Range(1, 16).All(unit => Readings(unit).Count > Slots), "every unit has its slots", 90);
        await host.StopAsync(TestContext.Current.CancellationToken);

        for (var unit = 1; unit <= Healthy; unit++)
        {
            var readings = Readings(unit);
            Assert.All(readings, r => Assert.Equal($"{unit}.25", r.Reading.Value?.ToString()));
            Assert.All(readings.Zip(readings.Skip(1)), pair => Assert.Equal(Cadence.TotalMilliseconds, pair.Second.Slot.UnixMilliseconds - pair.First.Slot.UnixMilliseconds));
        }


        // The late reply of unit 14 may come while unit 13 is asked; it is nobody's value.
        Assert.All(Readings(13).Concat(Readings(14)), r => Assert.Null(r.Reading.Value));
        Assert.All(Readings(15), r => Assert.Equal(MissingReason.Busy, r.Reading.Missing));
        Assert.All(Readings(16), r => Assert.Equal(MissingReason.NotRepresentable, r.Reading.Missing));
    }

    private static InstrumentConfiguration Unit(int unit) => new()
    {
        Id = $"unit-{unit}",
        Cadence = Cadence,
        Timeout = Cadence,
        Options = new ModbusOptions
        {
            Bus = "rs485",
            Unit = (byte)unit,
            Response = TimeSpan.FromMilliseconds(250),
            MostRegisters = 125,
            Map = new ModbusMap([new ModbusMeasured(new ModbusPoint(3, 0, ModbusType.Float32, "CDAB"), "w01019", "mg/L", new MeasuredValue(1, 0), [])], null, null, null, null),
        },
    };

    private List<(Instant Slot, Reading Reading)> Readings(int unit) =>
        [.. Chain.ReadingsOf(Chain.Bodies(_folder["data/outbox.db"]), $"unit-{unit}").Select(b => (b.Instant, b.Readings[0]))];

    private async Task<SerialPair> StartLineAsync(double lateness)
    {
        var line = await SerialPair.OpenAsync(_folder);
        var slaves = Start(
            "/usr/bin/python3", Repository.PathOf("tests/Sensor.Edge.Tests/Drivers/modbus_slaves.py"), line.Far, lateness.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("ready", await slaves.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        return line;
    }

    private Process Start(string file, params string[] arguments)
    {
        Assert.True(File.Exists(file), $"{file} is not installed; tests/run.sh installs what the tests need.");
        var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true })!;
        _processes.Add(process);
        return process;
    }
}
