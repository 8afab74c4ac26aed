using System.Collections.Concurrent;
using System.Diagnostics;
using Sensor.Contracts;
using Sensor.Edge.Buses;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Edge.Tests.Drivers;

/// <summary>The driver on a real serial port against a probe that was written apart from it.</summary>
public sealed class Sdi12SerialTests : IDisposable
{
    private const string End = "end";
    private static readonly Instant Noon = Instant.From(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    private static readonly Sdi12Options Five = new()
    {
        Bus = "sdi",
        Address = '3',
        Values = [new("w01001", "[pH]", []), new("w01003", "{NTU}", []), new("w01010", "Cel", []), null, new("w01014", "uS/cm", [])],
    };

    private readonly TestFolder _folder = new();
    private ConcurrentQueue<string> _heard = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("M", true, "3MC")]
    [InlineData("M1", false, "3M1")]
    [InlineData("C", true, "3CC")]
    [InlineData("V", false, "3V")]
    public async Task Read_EveryWayToMeasure_GivesTheDigitsOfTheProbe(string command, bool crc, string start)
    {
        var reply = await ReadAsync(Five with { Command = command, Crc = crc, Model = "PROBE5" });
        Assert.Equal(["7.04", "-0.5", "21.0625", "-12.50"], Assert.IsType<DriverReply.Sampled>(reply).Readings.Select(r => r.Value.ToString()));
        Assert.Equal(["3I", start, "3D0", "3D1"], _heard);
    }

    [Fact]
    public async Task Read_WrongChecksumsAndSilence_AreAskedForAgain()
    {
        Assert.IsType<DriverReply.Sampled>(await ReadAsync(Five, "--wrong-crc", "2", "--mute", "1"));
        Assert.Equal(["3MC", "3MC", "3D0", "3D0", "3D0", "3D1"], _heard);
    }

    [Fact]
    public async Task Read_ChecksumsStayWrong_IsABadAnswer()
    {
        var failed = Assert.IsType<DriverReply.Failed>(await ReadAsync(Five, "--wrong-crc", "3"));
        Assert.Equal((FailureKind.Transient, MissingReason.BadAnswer), (failed.Kind, failed.Reason));
    }

    [Fact]
    public async Task Read_Aborted_IsMissing()
    {
        var failed = Assert.IsType<DriverReply.Failed>(await ReadAsync(Five, "--aborted"));
        Assert.Equal((MissingReason.NotReported, "the measurement was aborted: 0 of 5 values"), (failed.Reason, failed.Detail));
    }

    [Fact]
    public async Task Read_OtherModel_IsMisconfigured()
    {
        var failed = Assert.IsType<DriverReply.Failed>(await ReadAsync(Five with { Model = "AT500" }));
        Assert.Equal(FailureKind.Misconfigured, failed.Kind);
        Assert.Equal(["3I"], _heard);
    }

    private async Task<DriverReply> ReadAsync(Sdi12Options options, params string[] probe)
    {
        using var pair = await SerialPair.OpenAsync(_folder);
        using var slave = Start(pair.Far, probe);
        try
        {
            slave.OutputDataReceived += (_, line) => _heard.Enqueue(line.Data ?? End);
            slave.BeginOutputReadLine();
            await Wait.Until(() => _heard.TryDequeue(out _), "the probe listens");
            return await ReadFromAsync(pair.Near, options);
        }
        finally
        {
            slave.Kill();
            await Wait.Until(() => _heard.LastOrDefault() == End, "the probe has told all that it heard");
            _heard = new(_heard.SkipLast(1));
        }
    }

    private static async Task<DriverReply> ReadFromAsync(string device, Sdi12Options options)
    {
        var bus = new SerialBusConfiguration { Id = "sdi", Device = device, Baud = 1_200, DataBits = 7, Parity = SerialParity.Even };
        await using var buses = new StationBuses([bus], new LinuxBuses(TimeProvider.System));
        await using var driver = new Sdi12Driver(new DriverTools("sonde", TimeSpan.FromSeconds(30), buses, TimeProvider.System), options);
        return await Wait.For(driver.ReadAsync(new SampleRequest(Noon, null), TestContext.Current.CancellationToken), "the probe is read");
    }

    private static Process Start(string device, string[] arguments)
    {
        var script = Repository.PathOf("tests/Sensor.Edge.Tests/Drivers/sdi12_slave.py");
        return Process.Start(new ProcessStartInfo("/usr/bin/python3", [script, device, .. arguments]) { RedirectStandardOutput = true })!;
    }
}
