using Sensor.Contracts;
using Sensor.Contracts.Hj212;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

public sealed class Hj212DriverTests
{
    private const string Hour = "DataTime=20260706080000;w01019-Avg=1.40,w01019-Flag=N;w21003-Avg=0.025,w21003-Flag=L;w01010-Avg=28.4,w01010-Flag=N";

    [Fact]
    public async Task Read_HourlyFrame_BecomesARecordOfItsInstant()
    {
        await using var logger = new DataLogger();
        logger.Push(DataLogger.Frame(Hour));
        var record = await logger.Take();

        Assert.Equal("2026-07-06T00:00:00.000Z", record.Instant.ToString());
        Assert.Equal(2, record.Readings.Count);
        Assert.Equal(
            new Reading
            {
                Parameter = "w01019",
                Value = new MeasuredValue(140, -2),
                Unit = "mg/L",
                Flag = "N",
                Instrument = "logger",
                SampledFrom = record.Instant,
                SampledTo = record.Instant.PlusMilliseconds(4 * 3_600_000),
                DatedBy = DatedBy.Instrument,
                Raw = "w01019-Avg=1.40,w01019-Flag=N",
            },
            record.Readings[0]);
        Assert.Equal(("L", new MeasuredValue(25, -3)), (record.Readings[1].Flag, record.Readings[1].DetectionLimit));
    }

    [Fact]
    public async Task Read_Record_IsAnsweredWhenItIsDurableAndNotBefore()
    {
        await using var logger = new DataLogger();
        logger.Push(DataLogger.Frame(Hour));
        await logger.Take();
        Assert.Empty(logger.Sent);

        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        Assert.Equal([DataLogger.Answer()], logger.Sent);
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        Assert.Single(logger.Sent);
    }

    [Fact]
    public async Task Read_RecordDidNotBecomeDurable_IsOfferedAgainAndThenLeftToTheLogger()
    {
        await using var logger = new DataLogger();
        logger.Push(DataLogger.Frame(Hour));
        var first = Assert.IsType<DriverReply.Sampled>(await logger.Read());
        Assert.Same(first, await logger.Read());
        Assert.Same(first, await logger.Read());
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        Assert.Empty(logger.Sent);
    }

    [Fact]
    public async Task Read_FrameSentAgainUnderAnotherQn_IsAnsweredAndMakesNoSecondRecord()
    {
        await using var logger = new DataLogger();
        logger.Push(DataLogger.Frame(Hour));
        await logger.Take();
        logger.Push(DataLogger.Frame(Hour, "20260706103612345"));
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        Assert.Equal([DataLogger.Answer(), DataLogger.Answer("20260706103612345")], logger.Sent);

        await using var restarted = new DataLogger { Position = logger.Position };
        restarted.Push(DataLogger.Frame(Hour));
        Assert.IsType<DriverReply.Unchanged>(await restarted.Idle());
        Assert.Equal([DataLogger.Answer()], restarted.Sent);
    }

    [Fact]
    public async Task Read_CorrectedAndLateData_AreRecordsOfTheirOwn()
    {
        await using var logger = new DataLogger();
        logger.Push(DataLogger.Frame(Hour), DataLogger.Frame(Hour.Replace("1.40", "1.41", StringComparison.Ordinal)), DataLogger.Frame(Hour.Replace("0706080000", "0705080000", StringComparison.Ordinal)));
        Assert.Equal(["1.40", "1.41", "1.40"], new[] { await logger.Take(), await logger.Take(), await logger.Take() }.Select(r => r.Readings[0].Value.ToString()));
    }

    [Fact]
    public async Task Read_SeveralFramesInOnePieceAndOneInMany_LosesNothing()
    {
        await using var logger = new DataLogger();
        var packets = new[] { "DataTime=20260706080000;w01019-Avg=1.40,w01019-Flag=N", "DataTime=20260706080000;w21003-Avg=0.16,w21003-Flag=N" }
            .Select((items, i) => DataLogger.Frame(items, $"2026070610351234{i}", $"ST=21;CN=2061;PW=123456;MN={DataLogger.Mn};Flag=11;PNUM=2;PNO={i + 1}")).ToList();
        logger.Push("noise" + packets[0] + packets[1] + DataLogger.Frame(Hour)[..50]);
        logger.Push([.. DataLogger.Frame(Hour)[50..].Select(c => c.ToString())]);

        Assert.Equal(["w01019", "w21003", "w21003"], new[] { await logger.Take(), await logger.Take(), await logger.Take() }.Select(r => r.Readings[0].Parameter));
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        Assert.Equal([DataLogger.Answer("20260706103512340"), DataLogger.Answer("20260706103512341"), DataLogger.Answer()], logger.Sent);
        Assert.Equal(0, logger.Line.Discards);
    }

    [Fact]
    public async Task Read_BrokenFrame_IsABadAnswerWithItsByteAndTheNextIsRead()
    {
        await using var logger = new DataLogger();
        logger.Push(DataLogger.Frame(Hour).Replace("1.40", "9.40", StringComparison.Ordinal), DataLogger.Frame(Hour));
        var failed = Assert.IsType<DriverReply.Failed>(await logger.Read());
        Assert.Equal((FailureKind.Transient, MissingReason.BadAnswer), (failed.Kind, failed.Reason));
        Assert.Matches("^byte [0-9]+: the checksum is [0-9A-F]{4}, and that of the data segment is [0-9A-F]{4}$", failed.Detail);
        Assert.Equal("1.40", (await logger.Take()).Readings[0].Value.ToString());
    }

    [Theory]
    [InlineData("ST=21;CN=2061;PW=123456;MN=B;Flag=9", "the logger says ST=21, MN=B, and the configuration ST=21, MN=A110000_0001")]
    [InlineData("ST=32;CN=2061;PW=123456;MN=A110000_0001;Flag=9", "the logger says ST=32, MN=A110000_0001, and the configuration ST=21, MN=A110000_0001")]
    public async Task Read_FrameOfAnotherLogger_IsMisconfiguredAndNotAnswered(string head, string detail)
    {
        await using var logger = new DataLogger();
        logger.Push(DataLogger.Frame(Hour, head: head));
        Assert.Equal(new DriverReply.Failed(FailureKind.Misconfigured, MissingReason.BadAnswer, detail), await logger.Read());
        Assert.Empty(logger.Sent);
    }

    [Theory]
    [InlineData("ST=21;CN=9015;PW=123456;MN=A110000_0001;Flag=9", "", true)]
    [InlineData("ST=21;CN=9015;PW=123456;MN=A110000_0001;Flag=8", "", false)]
    [InlineData("ST=21;CN=2011;PW=123456;MN=A110000_0001;Flag=9", "DataTime=20260706080000;w01019-Rtd=1.4,w01019-Flag=N", true)]
    [InlineData("ST=21;CN=2061;PW=123456;MN=A110000_0001;Flag=9", "DataTime=20260706080000;w01010-Avg=1.4,w01010-Flag=N", true)]
    [InlineData("ST=21;CN=1013;PW=123456;MN=A110000_0001;Flag=9", "", false)]
    [InlineData("ST=91;CN=9011;PW=123456;MN=A110000_0001;Flag=9", "QnRtn=1", false)]
    public async Task Read_FrameWithoutARecord_IsAnsweredWhereDue(string head, string items, bool answered)
    {
        await using var logger = new DataLogger();
        logger.Push(DataLogger.Frame(items, head: head));
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        Assert.Equal(answered ? [DataLogger.Answer()] : [], logger.Sent);
    }

    [Fact]
    public async Task Read_SilentLogger_FailsAfterTheSilenceAndIsCalledAgain()
    {
        await using var logger = new DataLogger();
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        logger.Push(DataLogger.Frame(Hour));
        await logger.Take();
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle(TimeSpan.FromMinutes(9)));
        Assert.Equal(1, logger.Opened);

        Assert.Equal(
            new DriverReply.Failed(FailureKind.Transient, MissingReason.NoAnswer, "bus serial: nothing was heard from the data logger for 10m"),
            await logger.Idle(TimeSpan.FromMinutes(1)));
        logger.Lines.Add(new ScriptedLine(_ => []));
        logger.Push(DataLogger.Frame(Hour.Replace("1.40", "1.41", StringComparison.Ordinal)));
        Assert.Equal("1.41", (await logger.Take()).Readings[0].Value.ToString());
        Assert.Equal(2, logger.Opened);
    }

    [Fact]
    public async Task Read_LineBreaksInsideAFrame_FailsAndTheNextConnectionIsRead()
    {
        await using var logger = new DataLogger();
        logger.Push(DataLogger.Frame(Hour)[..70]);
        logger.Line.Break("hung up");
        Assert.Equal(new DriverReply.Failed(FailureKind.Transient, MissingReason.NoAnswer, "bus serial: hung up"), await logger.Read());

        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        logger.Push(DataLogger.Frame(Hour));
        Assert.Equal("1.40", (await logger.Take()).Readings[0].Value.ToString());
    }

    [Theory]
    [InlineData("w01019-Avg=1.40,w01019-Flag=lw", "1.40", null, "lw")]
    [InlineData("w01019-Avg=,w01019-Flag=D", null, MissingReason.NotReported, "D")]
    [InlineData("w01019-Avg=NaN,w01019-Flag=N", null, MissingReason.BadAnswer, "N")]
    [InlineData("w01019-Avg=1234567890123456,w01019-Flag=N", null, MissingReason.NotRepresentable, "N")]
    [InlineData("w01019-Avg=1.40", null, MissingReason.BadAnswer, "F")]
    [InlineData("w01019-Avg=1.40,w01019-Flag=7", null, MissingReason.BadAnswer, "F")]
    [InlineData("w01019-Avg=1.40,w01019-Flag=N;w01019-Avg=1.50,w01019-Flag=N", null, MissingReason.BadAnswer, "N")]
    [InlineData("w01019-Avg=0,w01019-Flag=N", "0", null, "N")]
    public async Task Read_Values_AreDigitsOrAReason(string items, string? value, MissingReason? missing, string flag)
    {
        await using var logger = new DataLogger();
        logger.Push(DataLogger.Frame("DataTime=20260706080000;" + items));
        var reading = Assert.Single((await logger.Take()).Readings);
        Assert.Equal((value, missing, flag), (reading.Value?.ToString(), reading.Missing, reading.Flag));
        Assert.StartsWith("w01019-Avg=", reading.Raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F", "B", "1.40")]
    [InlineData("B", "F", "1.40")]
    [InlineData("x", "M", "1.40")]
    [InlineData("", "N", "1.40")]
    public async Task Read_FlagsOf2017_BecomeOurs(string sent, string ours, string value)
    {
        var flags = new Dictionary<string, string>(StringComparer.Ordinal) { ["x"] = "M" };
        await using var logger = new DataLogger(DataLogger.Options() with { Dialect = Hj212Dialect.Of2017, Unflagged = "N", Flags = flags });
        logger.Push(DataLogger.Frame("DataTime=20260706080000;w01019-Avg=1.40" + (sent.Length > 0 ? ",w01019-Flag=" + sent : "")));
        var reading = Assert.Single((await logger.Take()).Readings);
        Assert.Equal((ours, value), (reading.Flag, reading.Value.ToString()));
        await logger.Idle();
        Assert.Equal([DataLogger.Frame("", head: $"ST=91;CN=9014;PW=123456;MN={DataLogger.Mn};Flag=4")], logger.Sent);
    }

    [Theory]
    [InlineData(Hj212DataTime.Start, 0, 4)]
    [InlineData(Hj212DataTime.End, -4, 0)]
    public async Task Read_PeriodOfAMean_IsAsConfigured(Hj212DataTime marks, int fromHour, int toHour)
    {
        await using var logger = new DataLogger(DataLogger.Options() with { DataTime = marks });
        logger.Push(DataLogger.Frame(Hour));
        var record = await logger.Take();
        Assert.Equal((record.Instant.PlusMilliseconds(fromHour * 3_600_000L), record.Instant.PlusMilliseconds(toHour * 3_600_000L)), (record.Readings[0].SampledFrom, record.Readings[0].SampledTo));
    }

    [Fact]
    public async Task Read_RealTimeOfAnOldLoggerWithSampleTime_IsDatedByIt()
    {
        var options = DataLogger.Options() with { Dialect = Hj212Dialect.Of2005, Command = "2011", Value = "Rtd", DataTime = Hj212DataTime.Instant, Period = TimeSpan.Zero, Parameters = [new("060", "w21003", "mg/L", null)] };
        await using var logger = new DataLogger(options);
        logger.Push(DataLogger.Frame("DataTime=20240123131000;060-SampleTime=20240123110305,060-Rtd=43.58,060-Flag=N", head: $"ST=21;CN=2011;MN={DataLogger.Mn}"));
        var record = await logger.Take();
        var reading = Assert.Single(record.Readings);
        Assert.Equal(("2024-01-23T05:10:00.000Z", "w21003", "2024-01-23T03:03:05.000Z", "2024-01-23T03:03:05.000Z"), (record.Instant.ToString(), reading.Parameter, reading.SampledFrom.ToString(), reading.SampledTo.ToString()));
        await logger.Idle();
        Assert.Empty(logger.Sent);
    }

    [Fact]
    public async Task Read_DataTimeThatIsNone_IsABadAnswer()
    {
        await using var logger = new DataLogger();
        logger.Push(DataLogger.Frame("DataTime=20260732080000;w01019-Avg=1.40,w01019-Flag=N"));
        Assert.Equal("DataTime is '20260732080000', not a time of 14 digits", Assert.IsType<DriverReply.Failed>(await logger.Read()).Detail);
    }
}
