using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

/// <summary>The driver and a logger that keeps its data, across breaks.</summary>
public sealed class Hj212HistoryTests
{
    private readonly KeptHours _kept = new();

    internal static Hj212Options Options => DataLogger.Options() with
    {
        Period = TimeSpan.FromHours(1),
        Silence = TimeSpan.FromDays(20),
        History = new Hj212HistoryOptions(TimeSpan.FromHours(1), TimeSpan.FromDays(7)),
    };

    [Fact]
    public async Task Read_GapBetweenTwoHours_IsAskedForAndRecordedByItsOwnTimes()
    {
        await using var logger = await After(8, 11);
        Assert.Equal(["w01019 1.40 2026-07-06T01:00:00.000Z", "w21003 0.009 2026-07-06T01:00:00.000Z"], Said(await logger.Take()));
        Assert.Equal(["w01019 1.40 2026-07-06T02:00:00.000Z", "w21003 0.010 2026-07-06T02:00:00.000Z"], Said(await logger.Take()));
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle(TimeSpan.FromHours(1)));

        var request = DataLogger.Frame("BeginTime=20260706090000;EndTime=20260706100000", Assert.Single(_kept.Exchanges));
        Assert.Equal(
            [DataLogger.Answer(KeptHours.Qn(8)), DataLogger.Answer(KeptHours.Qn(11)), request, DataLogger.Answer(KeptHours.Qn(9)), DataLogger.Answer(KeptHours.Qn(10))],
            logger.Sent);
    }

    [Fact]
    public async Task Read_NoGap_AsksForNothing()
    {
        await using var logger = await After(8, 9);
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        Assert.Empty(_kept.Asked);
    }

    [Fact]
    public async Task Read_WithoutTheOption_AsksForNothing()
    {
        await using var logger = await After(8, 11, Options with { History = null });
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        Assert.Empty(_kept.Asked);
    }

    [Fact]
    public async Task Read_LoggerRefuses_IsAskedFiveTimesWithGrowingPausesWhileLiveDataGoOn()
    {
        for (var i = 0; i < 9; i++)
        {
            _kept.Answers.Enqueue((_, _, qn) => [KeptHours.Taken(qn, 2)]);
        }

        await using var logger = await After(8, 11);
        await logger.Idle();
        foreach (var (minutes, asked) in new[] { (0.5, 1), (0.5, 2), (3, 2), (1, 3), (15, 3), (1, 4), (59, 4), (1, 5), (600, 5) })
        {
            Assert.IsType<DriverReply.Unchanged>(await logger.Idle(TimeSpan.FromMinutes(minutes)));
            Assert.Equal(asked, _kept.Asked.Count);
        }

        logger.Push(KeptHours.Frame(12));
        Assert.Equal(2, (await logger.Take()).Readings.Count);
    }

    [Fact]
    public async Task Read_LoggerThatAnswersPartly_IsAskedForTheRestAndNothingIsRecordedTwice()
    {
        _kept.Answers.Enqueue((_, _, qn) => [KeptHours.Taken(qn), KeptHours.Frame(9), KeptHours.Frame(10)]);
        await using var logger = await After(8, 13);
        await logger.Take();
        await logger.Take();
        await logger.Idle(TimeSpan.FromMinutes(1));
        Assert.Equal(["9 12"], _kept.Asked);

        await logger.Idle();
        logger.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["0.011", "0.012"], new[] { await logger.Take(), await logger.Take() }.Select(r => r.Readings[1].Value.ToString()));
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        Assert.Equal(["9 12", "10 12"], _kept.Asked);
    }

    [Fact]
    public async Task Read_PacketIsMissingAtTheEnd_IsAskedForAgain()
    {
        _kept.Answers.Enqueue((_, _, qn) => [KeptHours.Taken(qn), Packet(9, "w01019-Avg=1.40,w01019-Flag=N", 2, 1, qn), KeptHours.Executed(qn)]);
        _kept.Answers.Enqueue((_, _, qn) =>
            [KeptHours.Taken(qn), Packet(9, "w01019-Avg=1.40,w01019-Flag=N", 2, 1, qn), Packet(9, "w21003-Min=0.1,w21003-Avg=0.16,w21003-Max=0.2,w21003-Flag=N", 2, 2, qn), KeptHours.Executed(qn)]);
        await using var logger = await After(8, 10);
        Assert.Equal("w01019", Assert.Single((await logger.Take()).Readings).Parameter);
        await logger.Idle();
        logger.Time.Advance(TimeSpan.FromMinutes(1));
        var rest = Assert.Single((await logger.Take()).Readings);
        Assert.Equal(("w21003", "0.16", "w21003-Min=0.1,w21003-Avg=0.16,w21003-Max=0.2,w21003-Flag=N"), (rest.Parameter, rest.Value.ToString(), rest.Raw));
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle(TimeSpan.FromHours(2)));
        Assert.Equal(["9 9", "9 9"], _kept.Asked);
    }

    [Fact]
    public async Task Read_LoggerThatRepeats_MakesNoSecondRecord()
    {
        _kept.Answers.Enqueue((first, last, qn) => [.. KeptHours.Everything(first - 1, last + 1, qn), .. KeptHours.Everything(first - 1, last + 1, qn)]);
        await using var logger = await After(8, 11);
        Assert.Equal(["0.009", "0.010"], new[] { await logger.Take(), await logger.Take() }.Select(r => r.Readings[1].Value.ToString()));
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        Assert.Single(_kept.Asked);
    }

    [Fact]
    public async Task Read_LoggerThatGivesMoreThanItWasAskedFor_IsNotRecordedBeyondIt()
    {
        _kept.Answers.Enqueue((_, last, qn) => [KeptHours.Taken(qn), .. Enumerable.Range(1, last).Select(hour => DataLogger.Frame(KeptHours.Items(hour), qn)), KeptHours.Executed(qn)]);
        await using var logger = await After(8, 11);
        Assert.Equal(["0.009", "0.010"], new[] { await logger.Take(), await logger.Take() }.Select(r => r.Readings[1].Value.ToString()));
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
    }

    [Fact]
    public async Task Read_LoggerThatDoesNotAnswer_HearsTheSameRequestFourTimesThenAfterAPauseAnother()
    {
        for (var i = 0; i < 4; i++)
        {
            _kept.Answers.Enqueue((_, _, _) => []);
        }

        await using var logger = await After(8, 11);
        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        }

        Assert.Equal(4, _kept.Exchanges.Count);
        Assert.Single(_kept.Exchanges.Distinct());
        logger.Time.Advance(TimeSpan.FromMinutes(1));
        await logger.Take();
        Assert.Equal(2, _kept.Exchanges.Distinct().Count());
    }

    [Fact]
    public async Task Read_LoggerHasNoData_IsNotAskedAgain()
    {
        _kept.Answers.Enqueue((_, _, qn) => [KeptHours.Taken(qn), KeptHours.Executed(qn, 100)]);
        await using var logger = await After(8, 11);
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle(TimeSpan.FromHours(3)));
        Assert.Single(_kept.Asked);
    }

    [Fact]
    public async Task Read_ConnectionBroke_AsksForTheLastHourAgainAndRecordsWhatItsPacketsLack()
    {
        await using var logger = new DataLogger(Options, _kept.Answer);
        logger.Push(DataLogger.Frame($"DataTime={KeptHours.Time(8)};w01019-Avg=1.40,w01019-Flag=N"));
        await logger.Take();
        logger.Line.Break("hung up");
        Assert.IsType<DriverReply.Failed>(await logger.Read());
        await logger.Idle();
        logger.Push(KeptHours.Frame(9));
        await logger.Take();
        Assert.Equal(["w21003 0.008 2026-07-06T00:00:00.000Z"], Said(await logger.Take()));
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        Assert.Equal(["8 8"], _kept.Asked);
    }

    [Fact]
    public async Task Read_StationRestarts_AsksForTheGapThatWasOpen()
    {
        _kept.Answers.Enqueue((_, _, _) => []);
        string? position;
        await using (var before = await After(8, 11))
        {
            await before.Idle();
            position = before.Position;
        }

        await using var logger = new DataLogger(Options, _kept.Answer) { Position = position };
        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        logger.Push(KeptHours.Frame(11));
        Assert.Equal(["0.009", "0.010"], new[] { await logger.Take(), await logger.Take() }.Select(r => r.Readings[1].Value.ToString()));
        Assert.Equal(["9 10", "9 10"], _kept.Asked);
    }

    [Theory]
    [InlineData(8 + 200, "40 139")]
    [InlineData(8 + 120, "9 108")]
    [InlineData(8 + 101, "9 108")]
    public async Task Read_LongGap_IsAskedForInPiecesAndNotBeyondItsReach(int now, string first)
    {
        await using var logger = await After(8, now);
        await logger.Take();
        Assert.Equal(first, _kept.Asked[0]);
    }

    [Fact]
    public async Task Read_GapOfSeveralRequests_IsFilledToItsEnd()
    {
        await using var logger = await After(8, 200);
        for (var hour = Math.Max(9, 200 - 168); hour < 200; hour++)
        {
            if (hour == 132)
            {
                Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
                logger.Time.Advance(TimeSpan.FromSeconds(10));
            }

            Assert.Equal($"0.{hour:D3}", (await logger.Take()).Readings[1].Value.ToString());
        }

        Assert.IsType<DriverReply.Unchanged>(await logger.Idle());
        Assert.Equal(["32 131", "132 199"], _kept.Asked);
    }

    /// <summary>A logger that sent the data of one hour, and after a break those of another.</summary>
    private async Task<DataLogger> After(int before, int now, Hj212Options? options = null)
    {
        var logger = new DataLogger(options ?? Options, _kept.Answer);
        logger.Push(KeptHours.Frame(before));
        await logger.Take();
        logger.Push(KeptHours.Frame(now));
        await logger.Take();
        return logger;
    }

    private static string Packet(int hour, string items, int packets, int packet, string qn) =>
        DataLogger.Frame($"DataTime={KeptHours.Time(hour)};{items}", qn, $"ST=21;CN=2061;PW=123456;MN={DataLogger.Mn};Flag=10;PNUM={packets};PNO={packet}");

    private static IEnumerable<string> Said(DriverReply.Sampled record) => record.Readings.Select(r => $"{r.Parameter} {r.Value} {r.SampledFrom}");
}
