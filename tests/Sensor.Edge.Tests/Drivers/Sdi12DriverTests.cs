using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

public sealed class Sdi12DriverTests
{
    private static readonly Instant Noon = Instant.From(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    private static readonly Sdi12Options Three = new()
    {
        Bus = "serial",
        Values = [new("w01010", "Cel", []), null, new("w01001", "[pH]", ["-9999"])],
    };

    private readonly SteppedTime _time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Read_MeasurementWithServiceRequest_GivesExactDigits()
    {
        var line = Line(("0MC!", "00053\r\n0\r\n"), ("0DX!", ""), ("0D0!", "0+3.14+2.718+1.414Ipz\r\n"));
        var sampled = Assert.IsType<DriverReply.Sampled>(await ReadAsync(line, Three));

        Assert.Equal(["0MC!", "0D0!"], Sent(line));
        Assert.Equal([TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20)], line.Breaks);
        Assert.Equal(
            [
                new Reading { Parameter = "w01010", Value = new MeasuredValue(314, -2), Unit = "Cel", Flag = "N", Instrument = "probe", SampledFrom = Noon, SampledTo = sampled.Readings[0].SampledTo, Raw = "+3.14" },
                new Reading { Parameter = "w01001", Value = new MeasuredValue(1414, -3), Unit = "[pH]", Flag = "N", Instrument = "probe", SampledFrom = Noon, SampledTo = sampled.Readings[0].SampledTo, Raw = "+1.414" },
            ],
            sampled.Readings);
    }

    [Fact]
    public async Task Read_NoServiceRequest_AsksAfterThePromisedTime()
    {
        var line = Line(("0MC!", "00053\r\n"), ("0D0!", "0+3.14+2.718+1.414Ipz\r\n"));
        var sampled = Assert.IsType<DriverReply.Sampled>(await ReadAsync(line, Three));
        Assert.True(sampled.Readings[0].SampledTo >= Noon.PlusMilliseconds(5_000));
    }

    [Fact]
    public async Task Read_ReadyAtOnce_WaitsForNothing()
    {
        var line = Line(("0MC!", "00003\r\n"), ("0D0!", "0+3.14+2.718+1.414Ipz\r\n"));
        var sampled = Assert.IsType<DriverReply.Sampled>(await ReadAsync(line, Three));
        Assert.True(sampled.Readings[0].SampledTo < Noon.PlusMilliseconds(1_000));
    }

    [Fact]
    public async Task Read_Concurrent_LeavesTheLineToOthersMeanwhile()
    {
        var options = Three with { Command = "C2" };
        var line = Line(("0CC2!", "001303\r\n"), ("0D0!", "0+3.14+2.718IWO\r\n"), ("0D1!", Checked("0-1.5")));
        var buses = new FakeBuses { Line = _ => line }.Tools(_time);
        await using var driver = new Sdi12Driver(buses, options);
        var read = driver.ReadAsync(new SampleRequest(Noon, null), TestContext.Current.CancellationToken);
        await StepAsync(() => Sent(line) is ["0CC2!"] && _time.Waiting == 1, TimeSpan.FromMilliseconds(10));
        Assert.Equal(7, await buses.Buses.Line("serial").UseAsync((_, _) => Task.FromResult(7), TestContext.Current.CancellationToken));

        await StepAsync(() => read.IsCompleted, TimeSpan.FromSeconds(1));
        Assert.Equal(["3.14", "-1.5"], Assert.IsType<DriverReply.Sampled>(await read).Readings.Select(r => r.Value.ToString()));
        Assert.Equal(["0CC2!", "0D0!", "0D1!"], Sent(line));
    }

    [Theory]
    [InlineData("M", true, "0MC!")]
    [InlineData("M9", true, "0MC9!")]
    [InlineData("M1", false, "0M1!")]
    [InlineData("C", false, "0C!")]
    [InlineData("V", false, "0V!")]
    public async Task Read_Command_IsSentAsTheSpecificationWritesIt(string command, bool crc, string expected)
    {
        var line = Line((expected, command[0] == 'C' ? "000003\r\n" : "00003\r\n"), ("0D0!", crc ? "0+3.14+2.718+1.414Ipz\r\n" : "0+3.14+2.718+1.414\r\n"));
        Assert.IsType<DriverReply.Sampled>(await ReadAsync(line, Three with { Command = command, Crc = crc }));
        Assert.Equal(expected, Sent(line)[0]);
    }

    [Fact]
    public async Task Read_InvalidMark_IsOneMissingReading()
    {
        var line = Line(("0MC!", "00003\r\n"), ("0D0!", Checked("0+3.14+2.718-9999")));
        var readings = Assert.IsType<DriverReply.Sampled>(await ReadAsync(line, Three)).Readings;
        Assert.Equal("3.14", readings[0].Value.ToString());
        Assert.Equal((null, MissingReason.Fault, "D", "-9999"), (readings[1].Value, readings[1].Missing, readings[1].Flag, readings[1].Raw));
    }

    [Fact]
    public async Task Read_OneBadReply_IsAskedForAgainWithABreak()
    {
        var answers = new Queue<string>(["0+3.15+2.718+1.414Ipz\r\n", "1+3.14+2.718+1.414Ipz\r\n", "0+3.14+2.718+1.414Ipz\r\n"]);
        var line = new ScriptedLine(sent => [Encoding.Latin1.GetBytes(Encoding.ASCII.GetString(sent) == "0MC!" ? "00003\r\n" : answers.Dequeue())]);
        Assert.IsType<DriverReply.Sampled>(await ReadAsync(line, Three));
        Assert.Equal(["0MC!", "0D0!", "0D0!", "0D0!"], Sent(line));
        Assert.Equal(4, line.Breaks.Count);
    }

    [Fact]
    public async Task Read_ReplyInPieces_IsPutTogether()
    {
        var line = new ScriptedLine(sent => Encoding.ASCII.GetString(sent) == "0MC!"
            ? [.. "00003\r\n".Select(c => new[] { (byte)c })]
            : [.. "0+3.14+2.718+1.414Ipz\r\n".Select(c => new[] { (byte)c })]);
        Assert.IsType<DriverReply.Sampled>(await ReadAsync(line, Three));
    }

    [Theory]
    [InlineData("0AP@\r\n", MissingReason.NotReported, "the measurement was aborted: 0 of 3 values")]
    [InlineData("0+3.15+2.718+1.414Ipz\r\n", MissingReason.BadAnswer, "the checksum of '0+3.15+2.718+1.414Ipz' is wrong")]
    [InlineData("1+3.14+2.718+1.414Ipz\r\n", MissingReason.BadAnswer, "does not come from address 0")]
    [InlineData("0+1.11+2.22+3.33+4.44+5.55+6.66I]q\r\n", MissingReason.BadAnswer, "6 values came where 3 were promised")]
    [InlineData("", MissingReason.NoAnswer, "no answer to 0D0!")]
    public async Task Read_WrongData_IsAReasonAndNoNumber(string reply, MissingReason reason, string says)
    {
        var failed = Assert.IsType<DriverReply.Failed>(await ReadAsync(Line(("0MC!", "00003\r\n"), ("0D0!", reply)), Three));
        Assert.Equal((FailureKind.Transient, reason), (failed.Kind, failed.Reason));
        Assert.Contains(says, failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FewerThanPromised_IsAbortedWhereTheNextIsEmpty()
    {
        var line = Line(("0MC!", "00003\r\n"), ("0D0!", "0+3.14+2.718IWO\r\n"), ("0D1!", "0AP@\r\n"));
        var failed = Assert.IsType<DriverReply.Failed>(await ReadAsync(line, Three));
        Assert.Equal((MissingReason.NotReported, "the measurement was aborted: 2 of 3 values"), (failed.Reason, failed.Detail));
    }

    [Theory]
    [InlineData("00054\r\n", "it has 4 values where 3 are configured")]
    [InlineData("00000\r\n", "it has 0 values where 3 are configured")]
    [InlineData("01203\r\n", "it measures for up to 120 s; set a timeout of the instrument that is longer")]
    public async Task Read_PromiseDoesNotFit_IsMisconfigured(string promise, string says)
    {
        var failed = Assert.IsType<DriverReply.Failed>(await ReadAsync(Line(("0MC!", promise)), Three));
        Assert.Equal(FailureKind.Misconfigured, failed.Kind);
        Assert.Contains(says, failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_NothingAnswers_AsksThreeTimesAndThenForTheAddress()
    {
        var line = Line();
        var failed = Assert.IsType<DriverReply.Failed>(await ReadAsync(line, Three));
        Assert.Equal((FailureKind.Transient, MissingReason.NoAnswer, "no answer to 0MC!"), (failed.Kind, failed.Reason, failed.Detail));
        Assert.Equal(["0MC!", "0MC!", "0MC!", "0!", "0!", "0!"], Sent(line));
    }

    [Fact]
    public async Task Read_ProbeIsThereButDoesNotKnowTheCommand_SaysSo()
    {
        var failed = Assert.IsType<DriverReply.Failed>(await ReadAsync(Line(("0!", "0\r\n")), Three));
        Assert.Equal(FailureKind.Misconfigured, failed.Kind);
        Assert.Contains("it is there but does not answer 0MC!; see its manual for the command, and set crc to false", failed.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TER12", null)]
    [InlineData("TER21", "it is a METER 'TER12', not 'TER21'")]
    public async Task Read_Model_IsComparedBeforeEachMeasurement(string model, string? says)
    {
        var line = Line(("0I!", "013METER   TER12 114123\r\n"), ("0MC!", "00003\r\n"), ("0D0!", "0+3.14+2.718+1.414Ipz\r\n"));
        var reply = await ReadAsync(line, Three with { Model = model });
        Assert.Equal(says is null ? ["0I!", "0MC!", "0D0!"] : ["0I!"], Sent(line));
        Assert.Contains(says ?? "", reply is DriverReply.Failed { Kind: FailureKind.Misconfigured } failed ? failed.Detail : "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_AdapterGivesBackWhatIsSent_NeedsTheSwitch(bool echo)
    {
        var line = Line(("0MC!", "\00MC!00003\r\n"), ("0D0!", "\00D0!0+3.14+2.718+1.414Ipz\r\n"));
        Assert.Equal(echo, await ReadAsync(line, Three with { Echo = echo }) is DriverReply.Sampled);
    }

    [Fact]
    public async Task Read_AdapterMakesTheBreak_SendsNone()
    {
        var line = Line(("0MC!", "00003\r\n"), ("0D0!", "0+3.14+2.718+1.414Ipz\r\n"));
        Assert.IsType<DriverReply.Sampled>(await ReadAsync(line, Three with { Break = false }));
        Assert.Empty(line.Breaks);
    }

    [Fact]
    public async Task Read_LineIsBroken_IsTransient()
    {
        var line = new ScriptedLine(_ => []);
        line.Break("unplugged");
        var failed = Assert.IsType<DriverReply.Failed>(await ReadAsync(line, Three));
        Assert.Equal((FailureKind.Transient, MissingReason.NoAnswer), (failed.Kind, failed.Reason));
    }

    [Fact]
    public async Task Read_Cancelled_EndsSoon()
    {
        await using var driver = new Sdi12Driver(new FakeBuses { Line = _ => Line() }.Tools(_time), Three);
        using var patience = new CancellationTokenSource();
        var read = driver.ReadAsync(new SampleRequest(Noon, null), patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    [Fact]
    public void ReadOptions_Least_HasEveryDefault()
    {
        var read = OptionsOf.Read<Sdi12Options>("sdi12", """{ "bus": "serial", "values": [ { "parameter": "w01010", "unit": "Cel" }, { "skip": true } ] }""");
        Assert.Equal(("serial", '0', "M", true, true, false, null), (read.Bus, read.Address, read.Command, read.Crc, read.Break, read.Echo, read.Model));
        Assert.Equal(("w01010", "Cel", 2, null), (read.Values[0]!.Parameter, read.Values[0]!.Unit, read.Values.Count, read.Values[1]));
    }

    [Fact]
    public void ReadOptions_All_AreTaken()
    {
        var read = OptionsOf.Read<Sdi12Options>("sdi12", """{ "bus": "tcp", "address": "z", "command": "C3", "crc": false, "break": false, "echo": true, "model": "TER12", "values": [ { "parameter": "w01010", "unit": "Cel", "invalid": ["-9999", "9999"] } ] }""");
        Assert.Equal(("tcp", 'z', "C3", false, false, true, "TER12"), (read.Bus, read.Address, read.Command, read.Crc, read.Break, read.Echo, read.Model));
        Assert.Equal(["-9999", "+9999"], read.Values[0]!.Invalid);
    }

    [Theory]
    [InlineData("{}", "bus", "values")]
    [InlineData("""{ "bus": "i2c", "values": [ { "parameter": "w01010", "unit": "Cel" } ] }""", "bus")]
    [InlineData("""{ "bus": "serial", "address": "10", "command": "M0", "values": [ { "parameter": "w01010", "unit": "Cel" } ] }""", "command", "address")]
    [InlineData("""{ "bus": "tcp", "values": [ { "parameter": "w01010", "unit": "Cel" } ] }""", "break")]
    [InlineData("""{ "bus": "serial", "command": "V", "crc": true, "values": [ { "parameter": "w01010", "unit": "Cel" } ] }""", "crc")]
    [InlineData("""{ "bus": "serial", "values": [ { "parameter": "w01014", "unit": "mS/cm" } ] }""", "values[0].unit")]
    [InlineData("""{ "bus": "serial", "values": [ { "parameter": "w01010", "unit": "Cel", "invalid": ["none"] } ] }""", "values[0].invalid[0]")]
    [InlineData("""{ "bus": "serial", "values": [ { "parameter": "w01010", "unit": "Cel" }, { "parameter": "w01010", "unit": "Cel" } ] }""", "values")]
    [InlineData("""{ "bus": "serial", "values": [ { "skip": true } ] }""", "values")]
    [InlineData("""{ "bus": "serial", "values": [ { "skip": true, "unit": "Cel" } ] }""", "values[0].unit", "values")]
    [InlineData("""{ "bus": "serial", "adress": "0", "values": [ { "parameter": "w01010", "unit": "Cel" } ] }""", "adress")]
    public void ReadOptions_Wrong_SaysWhere(string json, params string[] places) =>
        Assert.Equal(places, Assert.Throws<DocumentException>(() => OptionsOf.Read<Sdi12Options>("sdi12", json)).Problems.Select(p => p.Path));

    private static ScriptedLine Line(params (string Command, string Answer)[] script) =>
        new(sent => [.. script.Where(s => s.Command == Encoding.ASCII.GetString(sent) && s.Answer.Length > 0).Select(s => Encoding.Latin1.GetBytes(s.Answer))]);

    private static string[] Sent(ScriptedLine line) => [.. line.Sent.Select(Encoding.ASCII.GetString)];

    private static string Checked(string text) => text + Edge.Drivers.Sdi12.Sdi12Crc.Text(Edge.Drivers.Sdi12.Sdi12Crc.Of(text)) + "\r\n";

    private async Task<DriverReply> ReadAsync(ScriptedLine line, Sdi12Options options)
    {
        await using var driver = new Sdi12Driver(new FakeBuses { Line = _ => line }.Tools(_time), options);
        var read = driver.ReadAsync(new SampleRequest(Noon, null), TestContext.Current.CancellationToken);
        await StepAsync(() => read.IsCompleted, TimeSpan.FromMilliseconds(10));
        return await read;
    }

    /// <summary>Lets time pass only while someone waits for it.</summary>
    private Task StepAsync(Func<bool> until, TimeSpan step) => Wait.Until(
        () =>
        {
            for (var steps = 0; steps < 100 && !until() && _time.Waiting > 0; steps++)
            {
                _time.Advance(step);
            }

            return until();
        },
        "the conversation goes on");
}
