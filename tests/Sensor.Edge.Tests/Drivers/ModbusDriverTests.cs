using Microsoft.Extensions.Time.Testing;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Buses.Modbus;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

public sealed class ModbusDriverTests
{
    private const string TwoFloats = """
        { "bus": "serial", "unit": 5, "responseTimeout": "50ms", "points": [
          { "parameter": "w01019", "function": "holding", "address": 0, "type": "float32", "order": "CDAB", "noValue": ["-9999"] },
          { "parameter": "w21003", "function": "holding", "address": 2, "type": "uint16", "factor": "0.001" } ] }
        """;

    private static readonly Instant Slot = Instant.From(new DateTimeOffset(2027, 3, 1, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Read_NeighbouringRegisters_AskedInOneQuestionAndExact()
    {
        var line = new ScriptedLine(_ => [Reply("0503060000 3FC8 04D2")]);
        var reply = Assert.IsType<DriverReply.Sampled>(await ReadAsync(TwoFloats, line));

        Assert.Equal(["050300000003"], line.Sent.Select(s => Convert.ToHexString(s)[..^4]));
        Assert.Equal(["w01019 1.5625 mg/L N 3FC80000", "w21003 1.234 mg/L N 04D2"], reply.Readings.Select(r => $"{r.Parameter} {r.Value} {r.Unit} {r.Flag} {r.Raw}"));
        Assert.All(reply.Readings, r => Assert.Equal((Slot, Slot, "probe", DatedBy.Station), (r.SampledFrom, r.SampledTo, r.Instrument, r.DatedBy)));
    }

    [Theory]
    [InlineData("0503060000 7FC0 04D2", "NotRepresentable D, 1.234 N")]
    [InlineData("0503063C00 C61C 04D2", "NotReported F, 1.234 N")]
    public async Task Read_NoNumberOrTheInstrumentsWordForNone_IsMissingAloneAndNeverANumber(string answer, string expected)
    {
        var reply = Assert.IsType<DriverReply.Sampled>(await ReadAsync(TwoFloats, new ScriptedLine(_ => [Reply(answer)])));
        Assert.Equal(expected, string.Join(", ", reply.Readings.Select(r => $"{r.Value?.ToString() ?? r.Missing.ToString()} {r.Flag}")));
    }

    [Theory]
    [InlineData("058306", "Transient", MissingReason.Busy)]
    [InlineData("058305", "Transient", MissingReason.Busy)]
    [InlineData("058302", "Misconfigured", MissingReason.BadAnswer)]
    [InlineData("058304", "Faulted", MissingReason.Fault)]
    [InlineData("05830B", "Transient", MissingReason.NoAnswer)]
    public async Task Read_Exception_SaysWhatMayHelp(string answer, string kind, MissingReason reason)
    {
        var failed = Assert.IsType<DriverReply.Failed>(await ReadAsync(TwoFloats, new ScriptedLine(_ => [Reply(answer)])));
        Assert.Equal((kind, reason), (failed.Kind.ToString(), failed.Reason));
    }

    [Theory]
    [InlineData("0603060000 3FC8 04D2")]
    [InlineData("0504060000 3FC8 04D2")]
    [InlineData("0503040000 3FC8")]
    public async Task Read_AnswerToAnotherQuestion_IsRefused(string answer)
    {
        var failed = Assert.IsType<DriverReply.Failed>(await ReadAsync(TwoFloats, new ScriptedLine(_ => [Reply(answer)])));
        Assert.Equal(MissingReason.BadAnswer, failed.Reason);
        Assert.StartsWith("no valid answer, but ", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_SilentUnit_IsLeftAloneLongerAndLongerAndRecoversAtOnce()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch) { AutoAdvanceAmount = TimeSpan.Zero };
        var answers = false;
        var line = new ScriptedLine(_ => answers ? [Reply("0503060000 3FC8 04D2")] : []);
        await using var driver = Driver(TwoFloats, line, time);
        var pauses = new List<int>();
        for (var second = 0; second < 700; second += 5)
        {
            var before = line.Sent.Count;
            var read = driver.ReadAsync(new SampleRequest(Slot, null), TestContext.Current.CancellationToken);
            await Wait.Until(() => Advance(time, read), "the read ends");
            Assert.Equal(MissingReason.NoAnswer, Assert.IsType<DriverReply.Failed>(await read).Reason);
            if (line.Sent.Count > before)
            {
                pauses.Add(second);
            }

            time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.InRange(pauses.Count, 5, 7);
        Assert.True(pauses[1] - pauses[0] >= 15 && pauses[^1] - pauses[^2] >= 200, string.Join(' ', pauses));

        answers = true;
        time.Advance(TimeSpan.FromMinutes(5));
        for (var i = 0; i < 2; i++)
        {
            var read = driver.ReadAsync(new SampleRequest(Slot, null), TestContext.Current.CancellationToken);
            await Wait.Until(() => Advance(time, read), "the read ends");
            Assert.IsType<DriverReply.Sampled>(await read);
        }
    }

    [Fact]
    public async Task Read_AnsweredOnlyTheSecondTime_ListensUntilBothRepliesMustHaveCome()
    {
        var asked = 0;
        var line = new ScriptedLine(sent => ++asked == 2 ? [Reply("0503060000 3FC8 04D2"), Reply("0503060000 3FC8 04D2")] : []);
        Assert.IsType<DriverReply.Sampled>(await ReadAsync(TwoFloats, line));
        Assert.Equal(2, asked);
        line.Discard();
    }

    [Fact]
    public async Task Read_StartedByReadingNoRegister_WaitsAndDatesTheWater()
    {
        const string Probe = """
            { "bus": "serial", "unit": 1, "responseTimeout": "50ms", "start": { "function": "read-holding", "address": 9472, "count": 0, "wait": "20ms" },
              "points": [{ "parameter": "w01010", "function": "holding", "address": 9728, "type": "float32", "order": "DCBA" }] }
            """;
        var line = new ScriptedLine(sent => sent[2] == 0x25 ? [Reply("010300")] : [Reply("010304 0000A841")]);
        var reply = Assert.IsType<DriverReply.Sampled>(await ReadAsync(Probe, line));

        Assert.Equal(["0103250000004EC6", "010326000002"], [Convert.ToHexString(line.Sent[0]), Convert.ToHexString(line.Sent[1])[..^4]]);
        var reading = Assert.Single(reply.Readings);
        Assert.Equal("21", reading.Value.ToString());
        Assert.True(reading.SampledTo.UnixMilliseconds - reading.SampledFrom.UnixMilliseconds >= 20);
    }

    [Fact]
    public async Task Read_AnalyserWithItsOwnSampleTime_MakesOneReadingForEachResult()
    {
        const string Analyser = """
            { "bus": "serial", "unit": 1, "responseTimeout": "50ms",
              "sampleTime": { "function": "holding", "address": 0, "type": "uint32", "order": "ABCD" },
              "status": { "function": "holding", "address": 2, "type": "uint16", "good": ["0"], "busy": ["1"], "flags": { "2": "M" } },
              "points": [{ "parameter": "w21003", "function": "holding", "address": 3, "type": "uint16", "factor": "0.01" }] }
            """;
        string Answer(long seconds, int status) => $"01030 8{seconds:X8}{status:X4}0019".Replace(" ", "", StringComparison.Ordinal);
        var answer = Answer(1_804_000_000, 0);
        await using var driver = Driver(Analyser, new ScriptedLine(_ => [Reply(answer)]));
        async Task<DriverReply> Next(string? position) => await driver.ReadAsync(new SampleRequest(Slot, position), TestContext.Current.CancellationToken);

        var first = Assert.IsType<DriverReply.Sampled>(await Next(null));
        Assert.Equal((new Instant(1_804_000_000_000), "0.25", DatedBy.Instrument), (first.Instant, first.Readings[0].Value.ToString(), first.Readings[0].DatedBy));
        Assert.IsType<DriverReply.Unchanged>(await Next(first.Position));
        answer = Answer(1_804_014_400, 1);
        Assert.Equal(MissingReason.Busy, Assert.IsType<DriverReply.Failed>(await Next(first.Position)).Reason);
        answer = Answer(1_804_014_400, 2);
        Assert.Equal("M", Assert.IsType<DriverReply.Sampled>(await Next(first.Position)).Readings[0].Flag);
        answer = Answer(1_804_014_400, 7);
        Assert.Equal((MissingReason.Fault, "D"), (Assert.IsType<DriverReply.Sampled>(await Next(first.Position)).Readings[0].Missing, Assert.IsType<DriverReply.Sampled>(await Next(first.Position)).Readings[0].Flag));
        answer = Answer(1_000, 0);
        Assert.Equal(MissingReason.BadAnswer, Assert.IsType<DriverReply.Failed>(await Next(first.Position)).Reason);
    }

    [Fact]
    public async Task Read_SettingsOfTheInstrument_AreSignedWhenTheyAreNewOrOtherAndReadDaily()
    {
        var options = TwoFloats.Replace("\"points\"", """ "settings": [{ "name": "slope", "function": "holding", "address": 256, "count": 2 }, { "name": "range", "function": "input", "address": 9 }], "points" """, StringComparison.Ordinal);
        var slope = "3F800000";
        var broken = false;
        var line = new ScriptedLine(sent => [Reply(broken ? "058304" : sent[1] == 4 ? "0504020064" : sent[2] == 1 ? "050304" + slope : "0503060000 3FC8 04D2")]);
        await using var driver = Driver(options, line);
        async Task<DriverReply> Next(string? position, int days = 0) =>
            await driver.ReadAsync(new SampleRequest(Slot.PlusMilliseconds(days * 86_400_000L), position), TestContext.Current.CancellationToken);

        var first = Assert.IsType<DriverReply.Happened>(await Next(null));
        Assert.Equal((EventType.InstrumentSetting, "probe", "settings", null, "slope=3F800000; range=0064"), (first.Event.Type, first.Event.Instrument, first.Event.Kind, first.Event.Before, first.Event.After));
        Assert.Equal(["050301000002", "050400090001"], line.Sent.Select(s => Convert.ToHexString(s)[..^4]));

        Assert.IsType<DriverReply.Sampled>(await Next(first.Position));
        slope = "3F900000";
        Assert.IsType<DriverReply.Sampled>(await Next(first.Position));
        var tomorrow = Assert.IsType<DriverReply.Happened>(await Next(first.Position, days: 1));
        Assert.Equal(("slope=3F800000; range=0064", "slope=3F900000; range=0064"), (tomorrow.Event.Before, tomorrow.Event.After));
        Assert.IsType<DriverReply.Sampled>(await Next(tomorrow.Position, days: 1));

        broken = true;
        Assert.IsType<DriverReply.Failed>(await Next(tomorrow.Position, days: 1));
        (broken, slope) = (false, "3F800000");
        Assert.IsType<DriverReply.Happened>(await Next(tomorrow.Position, days: 1));
    }

    [Fact]
    public async Task Read_SettingsBesideItsOwnSampleTime_KeepBothOnRecord()
    {
        const string Analyser = """
            { "bus": "serial", "unit": 1, "responseTimeout": "50ms", "settings": [{ "name": "range", "function": "input", "address": 9 }],
              "sampleTime": { "function": "holding", "address": 0, "type": "uint32", "order": "ABCD" },
              "points": [{ "parameter": "w21003", "function": "holding", "address": 2, "type": "uint16", "factor": "0.01" }] }
            """;
        await using var driver = Driver(Analyser, new ScriptedLine(sent => [Reply(sent[1] == 4 ? "0104020064" : "0103066B86EC800019")]));
        async Task<DriverReply> Next(string? position) => await driver.ReadAsync(new SampleRequest(Slot, position), TestContext.Current.CancellationToken);

        var settings = Assert.IsType<DriverReply.Happened>(await Next("1000000000 "));
        Assert.Equal("1000000000 |range=0064", settings.Position);
        var result = Assert.IsType<DriverReply.Sampled>(await Next(settings.Position));
        Assert.Equal("1804004480 |range=0064", result.Position);
        Assert.IsType<DriverReply.Unchanged>(await Next(result.Position));
    }

    [Fact]
    public async Task Read_ModbusTcp_SpeaksItsFrames()
    {
        var line = new ScriptedLine(sent => [[sent[0], sent[1], 0, 0, 0, 9, 5, 3, 6, 0, 0, 0x3F, 0xC8, 0x04, 0xD2]]);
        var options = TwoFloats.Replace("\"bus\": \"serial\"", "\"bus\": \"tcp\", \"framing\": \"tcp\"", StringComparison.Ordinal);
        Assert.IsType<DriverReply.Sampled>(await ReadAsync(options, line));
        Assert.Equal("00000006050300000003", Convert.ToHexString(line.Sent[0])[4..]);
    }

    [Fact]
    public void ReadProfile_EveryOneOfTheRepository_IsRead() => Assert.All(
        Directory.GetFiles(WaterWatch.Testing.Repository.PathOf("hardware/profiles"), "*.json"), path => Assert.NotEmpty(Sensor.Edge.Drivers.Modbus.ModbusMapReader.ReadProfile(path).Measured));

    [Theory]
    [InlineData("\"order\": \"CDAB\", ", "", "points[0].order")]
    [InlineData("\"CDAB\"", "\"ABDC\"", "points[0].order")]
    [InlineData("\"w21003\"", "\"w01019\"", "points")]
    [InlineData("\"w21003\"", "\"w99999\"", "points[1].unit")]
    [InlineData("\"factor\": \"0.001\"", "\"factor\": \"0\"", "points[1].factor")]
    [InlineData("\"factor\": \"0.001\"", "\"scale\": \"0.001\"", "points[1].scale")]
    [InlineData("\"unit\": 5", "\"unit\": 256", "unit")]
    [InlineData("\"bus\": \"serial\"", "\"bus\": \"i2c\"", "bus")]
    [InlineData("\"bus\": \"serial\"", "\"bus\": \"tcp\"", "framing")]
    [InlineData("\"bus\": \"serial\"", "\"bus\": \"serial\", \"framing\": \"tcp\"", "framing")]
    [InlineData("\"points\": [", "\"profile\": \"nowhere.json\", \"point\": [", "profile")]
    [InlineData("\"points\": [", "\"start\": { \"function\": \"write-one\", \"address\": 1 }, \"points\": [", "start.values")]
    [InlineData("\"points\": [", "\"sampleTime\": { \"function\": \"input\", \"address\": 1, \"type\": \"float32\", \"order\": \"ABCD\" }, \"points\": [", "sampleTime.type")]
    [InlineData("\"points\": [", "\"settings\": [{ \"name\": \"slope\", \"function\": \"coil\", \"address\": 1 }], \"points\": [", "settings[0].function")]
    [InlineData("\"points\": [", "\"settings\": [{ \"name\": \"slope\", \"function\": \"input\", \"address\": 1, \"count\": 5 }], \"points\": [", "settings[0].count")]
    [InlineData("\"points\": [", "\"status\": { \"function\": \"input\", \"address\": 1, \"type\": \"uint16\", \"good\": [\"0\"], \"flags\": { \"x\": \"M\", \"2\": \"QQ\" } }, \"points\": [", "status.flags.x")]
    public void ReadOptions_OneMistake_NamesItsPlace(string right, string wrong, string path)
    {
        Assert.Contains(right, TwoFloats, StringComparison.Ordinal);
        var problems = Assert.Throws<DocumentException>(() => Options(TwoFloats.Replace(right, wrong, StringComparison.Ordinal))).Problems;
        Assert.Contains(path, problems.Select(p => p.Path));
    }

    private static bool Advance(FakeTimeProvider time, Task read)
    {
        if (!read.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
        }

        return read.IsCompleted;
    }

    private static byte[] Reply(string hex) => ModbusCrc.Append(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

    private static ModbusOptions Options(string json) => OptionsOf.Read<ModbusOptions>("modbus", json);

    private static ModbusDriver Driver(string json, ScriptedLine line, TimeProvider? time = null) => new(new FakeBuses { Line = _ => line }.Tools(time), Options(json));

    private static async Task<DriverReply> ReadAsync(string json, ScriptedLine line)
    {
        await using var driver = Driver(json, line);
        return await driver.ReadAsync(new SampleRequest(Slot, null), TestContext.Current.CancellationToken);
    }
}
