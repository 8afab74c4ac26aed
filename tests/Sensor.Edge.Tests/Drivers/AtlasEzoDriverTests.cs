using System.Text;
using Sensor.Contracts;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

public sealed class AtlasEzoDriverTests : IDisposable
{
    private const string Settings = "I,pH,2.10; Cal,2; Slope,99.7,100.3,0.0; Status,P";
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly QuickTime _time = new(Noon);
    private readonly SimulatedI2cBus _bus = new();

    /// <summary>What the circuit gives for each command, one after the other; the last one again and again.</summary>
    private readonly Dictionary<string, Queue<byte[]>> _answers = new(StringComparer.Ordinal)
    {
        ["I"] = Texts("?I,pH,2.10"),
        ["Cal,?"] = Texts("?CAL,2"),
        ["Slope,?"] = Texts("?Slope,99.7,100.3,0.0"),
        ["Status"] = Texts("?STATUS,P,5.038"),
        ["R"] = Texts("7.012"),
    };

    private string _command = "";

    public AtlasEzoDriverTests() => On(0x63);

    public void Dispose() => _bus.Dispose();

    [Fact]
    public async Task Read_SettingsAreOnRecord_GivesTheDigitsAsTheyCame()
    {
        await using var driver = Driver();
        var sampled = Assert.IsType<DriverReply.Sampled>(await Read(driver));

        Assert.Equal(
            new Reading
            {
                Parameter = "w01001",
                Value = new MeasuredValue(7012, -3),
                Unit = "[pH]",
                Flag = "N",
                Instrument = "probe",
                SampledFrom = Instant.From(Noon).PlusMilliseconds(1_200),
                SampledTo = Instant.From(Noon).PlusMilliseconds(2_200),
                Raw = "7.012",
            },
            Assert.Single(sampled.Readings));
        Assert.Equal(Sent("I", "Cal,?", "Slope,?", "Status", "R"), _bus.Sent);
        Assert.Equal([300, 300, 300, 300, 1_000], _time.Waits.Select(w => w.TotalMilliseconds));
    }

    [Fact]
    public async Task Read_SecondOfADay_AsksForTheReadingOnly()
    {
        await using var driver = Driver();
        await Read(driver);
        _bus.Sent.Clear();
        Assert.IsType<DriverReply.Sampled>(await Read(driver));
        Assert.Equal(Sent("R"), _bus.Sent);

        _bus.Sent.Clear();
        Assert.IsType<DriverReply.Sampled>(await Read(driver, days: 1));
        Assert.Equal(Sent("I", "Cal,?", "Slope,?", "Status", "R"), _bus.Sent);
    }

    [Fact]
    public async Task Read_TemperatureIsGiven_CompensatesEachReading()
    {
        _answers["RT,19.5"] = Texts("6.98");
        await using var driver = Driver("""{ "bus": "i2c", "type": "pH", "temperature": "19.5" }""");
        Assert.Equal(new MeasuredValue(698, -2), Value(await Read(driver)));
        Assert.Equal(Sent("RT,19.5")[0], _bus.Sent[^1]);
    }

    [Fact]
    public async Task Read_NothingIsOnRecord_ReportsTheSettingsFirst()
    {
        await using var driver = Driver();
        var happened = Assert.IsType<DriverReply.Happened>(await Read(driver, position: null));

        Assert.Equal(Settings, happened.Position);
        Assert.Equal((EventType.InstrumentSetting, "probe", "settings", null, Settings, "supply 5.038 V"), (happened.Event.Type, happened.Event.Instrument, happened.Event.Kind, happened.Event.Before, happened.Event.After, happened.Event.Note));
        Assert.IsType<DriverReply.Sampled>(await Read(driver, happened.Position));
    }

    [Fact]
    public async Task Read_CalibrationChangedOvernight_ReportsBothStatesUntilTheyAreDurable()
    {
        await using var driver = Driver();
        Assert.IsType<DriverReply.Sampled>(await Read(driver));
        _answers["Cal,?"] = Texts("?Cal,3");
        Assert.IsType<DriverReply.Sampled>(await Read(driver));

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var happened = Assert.IsType<DriverReply.Happened>(await Read(driver, days: 1));
            Assert.Equal((Settings, Settings.Replace("Cal,2", "Cal,3", StringComparison.Ordinal)), (happened.Event.Before, happened.Event.After));
        }
    }

    [Fact]
    public async Task Read_OnlySupplyAndCaseDiffer_IsNoChange()
    {
        _answers["Status"] = Texts("?Status,P,3.33");
        _answers["Cal,?"] = Texts("?Cal,2");
        await using var driver = Driver();
        Assert.IsType<DriverReply.Sampled>(await Read(driver));
    }

    [Fact]
    public async Task Read_FirmwareDoesNotKnowASetting_PutsThatOnRecordAndMeasures()
    {
        _answers["Slope,?"] = new([[2]]);
        await using var driver = Driver();
        var happened = Assert.IsType<DriverReply.Happened>(await Read(driver));
        Assert.Equal("I,pH,2.10; Cal,2; Slope,refused; Status,P", happened.Event.After);
        Assert.Equal(new MeasuredValue(7012, -3), Value(await Read(driver, happened.Position)));
    }

    [Theory]
    [InlineData("I", "pH,2.10")]
    [InlineData("I", "?I,pH,")]
    [InlineData("Cal,?", "?Cal,")]
    [InlineData("Cal,?", "?CALIBRATION,2")]
    [InlineData("Slope,?", "?Slope,99.7,,0.0")]
    [InlineData("Status", "?STATUS,P,")]
    public async Task Read_SettingsAreIncomplete_FailsWithTheAnswer(string query, string answer)
    {
        _answers[query] = Texts(answer);
        await using var driver = Driver();
        var failed = Assert.IsType<DriverReply.Failed>(await Read(driver));
        Assert.Equal((MissingReason.BadAnswer, $"{query}: {answer}"), (failed.Reason, failed.Detail));
    }

    [Fact]
    public async Task Read_StatusWithoutVoltage_FailsInsteadOfThrowing()
    {
        _answers["Status"] = Texts("?STATUS,P");
        await using var driver = Driver();
        Assert.IsType<DriverReply.Failed>(await Read(driver));
    }

    [Fact]
    public async Task Read_CircuitOfAnotherType_IsMisconfigured()
    {
        _answers["I"] = Texts("?I,EC,2.15");
        await using var driver = Driver();
        var failed = Assert.IsType<DriverReply.Failed>(await Read(driver));
        Assert.Equal((FailureKind.Misconfigured, "type pH is configured, but the circuit says ?I,EC,2.15; correct address or type"), (failed.Kind, failed.Detail));
    }

    [Fact]
    public async Task Read_StillWorking_IsAskedAgain()
    {
        _answers["R"] = new([[254], [254], Text("7.01")]);
        await using var driver = Driver();
        Assert.Equal(new MeasuredValue(701, -2), Value(await Read(driver)));
        Assert.Equal([1_000, 100, 100], _time.Waits.TakeLast(3).Select(w => w.TotalMilliseconds));
    }

    [Theory]
    [InlineData("FE", MissingReason.Busy, "R: it is still working, status 254")]
    [InlineData("02", MissingReason.BadAnswer, "R: it refused the command, status 2")]
    [InlineData("FF", MissingReason.NoAnswer, "R: it has no data, status 255")]
    [InlineData("00", MissingReason.BadAnswer, "R: the unknown status 0")]
    [InlineData("01372EB2", MissingReason.BadAnswer, "R: an answer that is no text: 372EB200000000000000000000000000")]
    [InlineData("01", MissingReason.BadAnswer, "R: '' instead of 1 numbers")]
    public async Task Read_NoValue_SaysWhy(string answer, MissingReason reason, string detail)
    {
        _answers["R"] = new([Convert.FromHexString(answer)]);
        await using var driver = Driver();
        var failed = Assert.IsType<DriverReply.Failed>(await Read(driver));
        Assert.Equal((FailureKind.Transient, reason, detail), (failed.Kind, failed.Reason, failed.Detail));
        Assert.InRange(_time.Waits.Count, 5, 25);
    }

    [Fact]
    public async Task Read_AfterAFailure_AsksForTheSettingsAgain()
    {
        await using var driver = Driver();
        await Read(driver);
        _answers["R"] = new([[2]]);
        Assert.IsType<DriverReply.Failed>(await Read(driver));
        _bus.Sent.Clear();
        await Read(driver);
        Assert.Equal(Sent("I")[0], _bus.Sent[0]);
    }

    [Fact]
    public async Task Read_NobodyAcknowledges_IsTransientAndNamesTheAddress()
    {
        await using var driver = Driver("""{ "bus": "i2c", "type": "pH", "address": "0x70" }""");
        var failed = Assert.IsType<DriverReply.Failed>(await Read(driver));
        Assert.Equal((FailureKind.Transient, MissingReason.NoAnswer, "bus i2c, address 0x70: Error 121 performing I2C data transfer"), (failed.Kind, failed.Reason, failed.Detail));
    }

    /// <summary>EC transcript and refusals: tests of a public Rust crate for EZO circuits.</summary>
    [Theory]
    [InlineData("10.5,6,7,6.5", 4, 1, "10.5")]
    [InlineData("10.5,6,7,6.5", 4, 4, "6.5")]
    [InlineData("10.5,6,7,", 4, 1, null)]
    [InlineData("10.5,,7,6.5", 4, 1, null)]
    [InlineData("10.5,6,7", 4, 1, null)]
    [InlineData("10.5,6,7,6.5", 1, 1, null)]
    [InlineData("10.5,x,7,6.5", 4, 1, null)]
    [InlineData("20.01", 1, 1, "20.01")]
    [InlineData("20.01,", 1, 1, null)]
    [InlineData("1e3", 1, 1, null)]
    [InlineData("NaN", 1, 1, null)]
    public async Task Read_Conductivity_TakesTheFieldOrRefusesTheAnswer(string answer, int fields, int field, string? expected)
    {
        On(0x64);
        _answers["I"] = Texts("?I,EC,2.15");
        _answers["R"] = Texts(answer);
        await using var driver = Driver($$"""{ "bus": "i2c", "type": "EC", "fields": {{fields}}, "field": {{field}} }""");
        var reply = await Read(driver, "I,EC,2.15; Cal,2; Status,P");
        Assert.Equal(expected, reply is DriverReply.Sampled ? Value(reply).ToString() : null);
        Assert.True(expected is not null || reply is DriverReply.Failed { Reason: MissingReason.BadAnswer });
    }

    [Theory]
    [InlineData("RTD", 0x66, "-1023.000", null)]
    [InlineData("RTD", 0x66, "25.104", "25.104")]
    [InlineData("ORP", 0x62, "-120.5", "-120.5")]
    [InlineData("ORP", 0x62, "1020.0", null)]
    [InlineData("DO", 0x61, "-0.01", null)]
    [InlineData("DO", 0x61, "8.36", "8.36")]
    public async Task Read_BeyondWhatTheCircuitMeasures_IsAFaultWithItsRawText(string type, int address, string answer, string? expected)
    {
        On(address);
        _answers["I"] = Texts($"?I,{type},1.0");
        _answers["R"] = Texts(answer);
        await using var driver = Driver($$"""{ "bus": "i2c", "type": "{{type}}"{{(type == "ORP" ? ", \"parameter\": \"w99999\"" : "")}} }""");
        var reading = Assert.IsType<DriverReply.Sampled>(await Read(driver, $"I,{type},1.0; Cal,2; Status,P")).Readings[0];
        Assert.Equal((expected, answer, expected is null ? "D" : "N"), (reading.Value?.ToString(), reading.Raw, reading.Flag));
        Assert.Equal(expected is null ? MissingReason.Fault : null, reading.Missing);
    }

    [Fact]
    public void ReadOptions_Mistakes_AreAllReported()
    {
        var problems = OptionsOf.Problems("atlas-ezo", """{ "bus": "serial", "type": "ORP", "address": "99", "temperature": "20", "processing": "1h", "fields": 2, "field": 3, "adress": "0x63" }""");
        Assert.Equal(["parameter", "bus", "address", "temperature", "field", "processing", "adress"], problems.Select(p => p.Split(' ')[0]));
    }

    private static Queue<byte[]> Texts(params string[] texts) => new(texts.Select(Text));

    private static byte[] Text(string text) => [1, .. Encoding.ASCII.GetBytes(text), 0];

    private static string[] Sent(params string[] commands) => [.. commands.Select(command => "63 " + Convert.ToHexString(Encoding.ASCII.GetBytes(command)))];

    private static MeasuredValue Value(DriverReply reply) => Assert.Single(Assert.IsType<DriverReply.Sampled>(reply).Readings).Value!.Value;

    private static Task<DriverReply> Read(AtlasEzoDriver driver, string? position = Settings, int days = 0) =>
        driver.ReadAsync(new SampleRequest(Instant.From(Noon.AddDays(days)), position), CancellationToken.None);

    private void On(int address) => _bus.With(address, bytes => _command = Encoding.ASCII.GetString(bytes), () => _answers[_command].Count > 1 ? _answers[_command].Dequeue() : _answers[_command].Peek());

    private AtlasEzoDriver Driver(string options = """{ "bus": "i2c", "type": "pH" }""") => new(_bus.Buses.Tools(_time), OptionsOf.Read<AtlasEzoOptions>("atlas-ezo", options));
}
