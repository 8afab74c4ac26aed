using System.Diagnostics;
using System.Text.Json;
using CsCheck;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Drivers;
using Sensor.Edge.Drivers.OneWire;
using Sensor.Edge.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Edge.Tests.Drivers;

public sealed class Ds18b20DriverTests : IDisposable
{
    private const string Device = "28-0000072b5f11";
    private const string Good = "72 01 4b 46 7f ff 0e 10 57 : crc=57 YES\n72 01 4b 46 7f ff 0e 10 57 t=23125\n";
    private static readonly Instant Noon = Instant.From(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    private readonly TestFolder _folder = new();

    public static TheoryData<string> Cases { get; } = [.. AllCases().Select(c => c.GetProperty("name").GetString()!)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Read_File_GivesTheExactValueOrTheReason(string name)
    {
        var expected = AllCases().Single(c => c.GetProperty("name").GetString() == name);
        var reply = await ReadAsync(expected.GetProperty("text").GetString()!);
        if (expected.TryGetProperty("value", out var value))
        {
            Assert.Equal(value.GetString(), Assert.Single(Assert.IsType<DriverReply.Sampled>(reply).Readings).Value.ToString());
            return;
        }

        var failed = Assert.IsType<DriverReply.Failed>(reply);
        Assert.Equal((FailureKind.Transient, expected.GetProperty("missing").GetString()), (failed.Kind, failed.Reason.ToString()));
        Assert.Contains(expected.GetProperty("says").GetString()!, failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_GoodFile_KeepsTheRawBytes()
    {
        var sampled = Assert.IsType<DriverReply.Sampled>(await ReadAsync(Good));
        var reading = Assert.Single(sampled.Readings);
        Assert.Equal(("w01010", "Cel", "N", "water", "72014b467fff0e1057"), (reading.Parameter, reading.Unit, reading.Flag, reading.Instrument, reading.Raw));
        Assert.Equal((Noon, Noon), (sampled.Instant, reading.SampledFrom));
        Assert.True(reading.SampledTo >= reading.SampledFrom);
    }

    [Fact]
    public async Task Read_NoSuchFile_SaysThatTheProbeIsNotOnTheBus()
    {
        await using var driver = Driver();
        var failed = Assert.IsType<DriverReply.Failed>(await driver.ReadAsync(new SampleRequest(Noon, null), TestContext.Current.CancellationToken));
        Assert.Equal((FailureKind.Faulted, MissingReason.NoAnswer), (failed.Kind, failed.Reason));
        Assert.Equal(Device + ": the probe is not on the bus; check its wires, the overlay w1-gpio and the device id", failed.Detail);
    }

    [Fact]
    public async Task Read_KernelDoesNotComeBack_EndsWithItsCancellationAndStartsNoSecondRead()
    {
        var file = File(null);
        using (var made = Process.Start("mkfifo", [file]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await using var driver = Driver();
        using var patience = new CancellationTokenSource();
        var read = driver.ReadAsync(new SampleRequest(Noon, null), patience.Token);
        Assert.False(read.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        var second = Assert.IsType<DriverReply.Failed>(await driver.ReadAsync(new SampleRequest(Noon, null), TestContext.Current.CancellationToken));
        Assert.Equal((FailureKind.Faulted, Device + ": an earlier reading of it has still not come back"), (second.Kind, second.Detail));

        // The writer sets the thread free that waits for the pipe; then the driver reads again.
        await System.IO.File.WriteAllTextAsync(file, Good, TestContext.Current.CancellationToken);
        System.IO.File.Delete(file);
        _folder.Write($"{Device}/w1_slave", Good);
        DriverReply? third = null;
        await Wait.Until(() => (third = driver.ReadAsync(new SampleRequest(Noon, null), CancellationToken.None).GetAwaiter().GetResult()) is DriverReply.Sampled, "the driver reads again");
        Assert.IsType<DriverReply.Sampled>(third);
    }

    [Fact]
    public void Parse_AnyText_NeverThrowsAndNeverInventsAValue() => Gen.Char[" 0123456789abcdef:=crtYESNO\n-"].Array[0, 90].Sample(chars =>
    {
        var file = ThermometerFile.Parse(new string(chars));
        Assert.True(file is null || Thermometer.Read(file, out _) is null || DallasCrc.Of(file.Bytes) == 0);
    });

    [Fact]
    public void Parse_OneBitOfAGoodFileIsWrong_NeverGivesAValue()
    {
        for (var place = 0; place < 72; place++)
        {
            var file = ThermometerFile.Parse(Good)!;
            file.Bytes[place / 8] ^= (byte)(1 << (place % 8));
            Assert.Null(Thermometer.Read(file, out var problem));
            Assert.Equal(MissingReason.BadAnswer, problem!.Value.Reason);
        }
    }

    [Theory]
    [InlineData("""{ "device": "28-0000072b5f11" }""", "/sys/bus/w1/devices", "w01010")]
    [InlineData("""{ "device": "28-0000072b5f11", "folder": "/mnt/1wire", "parameter": "w01010" }""", "/mnt/1wire", "w01010")]
    public void ReadOptions_Given_AreTaken(string json, string folder, string parameter) =>
        Assert.Equal(new Ds18b20Options { Device = Device, Folder = folder, Parameter = parameter }, OptionsOf.Read<Ds18b20Options>("ds18b20", json));

    [Theory]
    [InlineData("{}", "device")]
    [InlineData("""{ "device": "28-0000072B5F11" }""", "device")]
    [InlineData("""{ "device": "10-0000072b5f11" }""", "device")]
    [InlineData("""{ "device": "28-0000072b5f1" }""", "device")]
    [InlineData("""{ "device": "28-0000072b5f11", "parameter": "w01001" }""", "parameter")]
    [InlineData("""{ "device": "28-0000072b5f11", "bus": "i2c" }""", "bus")]
    public void ReadOptions_Wrong_SaysWhere(string json, string place) =>
        Assert.Equal([place], Assert.Throws<DocumentException>(() => OptionsOf.Read<Ds18b20Options>("ds18b20", json)).Problems.Select(p => p.Path));

    private static IEnumerable<JsonElement> AllCases()
    {
        using var file = JsonDocument.Parse(System.IO.File.ReadAllBytes(Repository.PathOf("tests/cases/ds18b20/files.json")));
        return [.. file.RootElement.EnumerateArray().Select(c => c.Clone())];
    }

    private string File(string? text)
    {
        Directory.CreateDirectory(_folder[Device]);
        return text is null ? _folder[$"{Device}/w1_slave"] : _folder.Write($"{Device}/w1_slave", text);
    }

    private async Task<DriverReply> ReadAsync(string text)
    {
        File(text);
        await using var driver = Driver();
        return await driver.ReadAsync(new SampleRequest(Noon, null), TestContext.Current.CancellationToken);
    }

    private Ds18b20Driver Driver() => new(new FakeBuses().Tools(instrument: "water"), new Ds18b20Options { Device = Device, Folder = _folder.Path });
}
