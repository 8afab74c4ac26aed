using System.Text;
using Sensor.Compliance.Cuts;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Contracts.Hj212;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Observations;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Interop;

public sealed class Hj212ImportTests
{
    private const string Values = "w01019-Avg=1.40,w01019-Flag=N;w21003-Avg=0.025,w21003-Flag=N";

    [Fact]
    public async Task Data_ThatWantAnAnswer_AreDurableWithTheirRawBytesBefore9014()
    {
        var import = TestImport.Port(TestImport.Station(Logger212.Mn, "ST-1"));
        await using var ingest = await TestImport.StartAsync(import);
        using var logger = await Logger212.CallAsync(import.Port);
        var data = logger.Data("20210401080000", Values);

        var answer = await logger.AskAsync(data);

        Assert.Equal(("91", "9014", data.Exchange, 8), (answer!.System, answer.Command, answer.Exchange, answer.Flag));
        var record = Assert.Single(RecordReader.Complete(ingest.Evidence, "ST-1")).Record.Record;
        var readings = Assert.IsType<ReadingsBody>(record.Body).Readings;
        var raw = new RawMessage(Encoding.UTF8.GetBytes(Hj212Writer.Segment(data)), "");
        Assert.Equal(["w01019 1.40", "w21003 0.025"], readings.Select(r => $"{r.Parameter} {r.Value}"));
        Assert.All(readings, r => Assert.Equal((raw.Name, "2021-04-01T00:00:00.000Z", "2021-04-01T04:00:00.000Z"), (r.Raw, r.SampledFrom.ToString(), r.SampledTo.ToString())));
        Assert.Equal([raw.Bytes.ToArray()], ingest.Evidence.Query("SELECT bytes FROM raw WHERE digest = $1", row => row.Bytes(0), raw.Digest.ToArray()));
    }

    [Fact]
    public async Task Data_RepeatedAndRevised_MakeNoRecordAndOneRecordOfTheChange()
    {
        var import = TestImport.Port(TestImport.Station(Logger212.Mn, "ST-1"));
        await using var ingest = await TestImport.StartAsync(import);
        using var logger = await Logger212.CallAsync(import.Port);

        await logger.AskAsync(logger.Data("20210401080000", Values));
        var again = await logger.AskAsync(logger.Data("20210401080000", Values));
        await logger.AskAsync(logger.Data("20210401080000", Values.Replace("1.40", "1.50", StringComparison.Ordinal)));

        Assert.Equal("9014", again!.Command);
        var held = RecordReader.Complete(ingest.Evidence, "ST-1").Select(r => r.Record).ToList();
        Assert.Equal(["1.40 0.025", "1.50"], held.Select(r => string.Join(' ', ((ReadingsBody)r.Record.Body).Readings.Select(v => v.Value))));
        var observed = ObservationsOfRecords.Of(held, ingest.Host.Pipeline.Watch.Current.SectionOf, ingest.Host.Pipeline.Watch.Current.TrustOf).Observations;
        Assert.All(observed, o => Assert.Equal(Trust.Attested, o.Observation.Trust));
        Assert.Equal("1.50", observed.Where(o => o.Observation.Parameter == "w01019").MaxBy(o => o.Observation.Order)!.Observation.Value.ToString());
    }

    [Fact]
    public async Task Data_ByteByByte_AreOneFrame()
    {
        var import = TestImport.Port(TestImport.Station(Logger212.Mn, "ST-1"));
        await using var ingest = await TestImport.StartAsync(import);
        using var logger = await Logger212.CallAsync(import.Port);

        foreach (var b in Hj212Writer.Frame(logger.Data("20210401080000", Values)))
        {
            await logger.SendAsync(new[] { b });
        }

        Assert.Equal("9014", (await logger.HearAsync())!.Command);
        Assert.Equal(1, ingest.Host.EvidenceSize);
    }

    [Fact]
    public async Task Frames_ThatAreRefused_AreDeadLettersWithoutAnswerAndTheNextIsTaken()
    {
        var import = TestImport.Port(TestImport.Station(Logger212.Mn, "ST-1") with { Password = "123456" }, TestImport.Station("OTHER", "ST-2"));
        await using var ingest = await TestImport.StartAsync(import);
        using var logger = await Logger212.CallAsync(import.Port);
        var broken = Hj212Writer.Frame(logger.Data("20210401080000", Values));
        broken[^3] ^= 1;

        await logger.SendAsync(broken);
        await logger.SendAsync(logger.Data("20210401080000", Values, mn: "STRANGER"));
        await logger.SendAsync(logger.Data("20210401080000", Values, password: "654321"));
        await logger.SendAsync(logger.Data("yesterday", Values));
        var good = logger.Data("20210401080000", Values);

        Assert.Equal(good.Exchange, (await logger.AskAsync(good))!.Exchange);
        Assert.Equal(["hj212-checksum", "hj212-station", "hj212-password", "hj212-time"], ingest.Refusals());
    }

    [Fact]
    public async Task Data_OfAStationThatIsNotEnrolled_AreRefusedUntilItIs()
    {
        var import = TestImport.Port(TestImport.Station(Logger212.Mn, "ST-1"));
        await using var ingest = await TestIngest.StartAsync(imports: [import]);
        using var logger = await Logger212.CallAsync(import.Port);

        await logger.SendAsync(logger.Data("20210401080000", Values));
        await Until.True(() => ingest.Refusals().Contains("hj212-not-enrolled"), "the refusal");
        TestImport.Enroll(ingest.Host, "ST-1");

        Assert.Equal("9014", (await logger.AskAsync(logger.Data("20210401080000", Values)))!.Command);
        Assert.Equal(1, ingest.Host.EvidenceSize);
    }

    [Fact]
    public async Task HeartbeatAndOtherData_AreAnsweredAndMakeNoRecord()
    {
        var import = TestImport.Port(TestImport.Station(Logger212.Mn, "ST-1"));
        await using var ingest = await TestImport.StartAsync(import);
        using var logger = await Logger212.CallAsync(import.Port);

        Assert.Equal("9014", (await logger.AskAsync(logger.Heartbeat()))!.Command);
        Assert.Equal("9014", (await logger.AskAsync(logger.Data("20210401080000", "w01001-Rtd=7,w01001-Flag=N", command: "2011")))!.Command);
        Assert.Equal("9013", (await logger.AskAsync(logger.Heartbeat() with { Command = "1013" }))!.Command);
        Assert.Equal(0, ingest.Host.EvidenceSize);
    }

    [Fact]
    public async Task Data_AfterAGap_AreFollowedByOneRequestForThePeriodsBetween()
    {
        var import = TestImport.Port(TestImport.Station(Logger212.Mn, "ST-1") with { History = TimeSpan.FromHours(72) });
        await using var ingest = await TestImport.StartAsync(import);
        using var logger = await Logger212.CallAsync(import.Port);

        await logger.AskAsync(logger.Data("20210401000000", Values));
        await logger.AskAsync(logger.Data("20210401160000", Values));
        var request = await logger.HearAsync();
        var late = await logger.AskAsync(logger.Data("20210401080000", Values));
        var next = await logger.AskAsync(logger.Data("20210401200000", Values));

        Assert.Equal(("2061", "21", 9), (request!.Command, request.System, request.Flag));
        Assert.Equal(("20210401040000", "20210401120000"), (request.Value("BeginTime"), request.Value("EndTime")));
        Assert.Equal(["9014", "9014"], new[] { late!.Command, next!.Command });
        Assert.Equal(4, ingest.Host.EvidenceSize);
    }

    [Fact]
    public async Task Connections_AboveTheLimit_AreClosedAndTheFirstIsServed()
    {
        var import = TestImport.Port(TestImport.Station(Logger212.Mn, "ST-1"));
        await using var ingest = await TestImport.StartAsync(import with { Limits = import.Limits with { PerAddress = 1 } });
        using var first = await Logger212.CallAsync(import.Port);
        await first.AskAsync(first.Heartbeat());
        using var second = await Logger212.CallAsync(import.Port);

        Assert.Null(await second.HearAsync());
        Assert.Equal("9014", (await first.AskAsync(first.Data("20210401080000", Values)))!.Command);
    }

    [Fact]
    public async Task Noise_ThatNeverEnds_IsSentAwayAndOthersAreServed()
    {
        var import = TestImport.Port(TestImport.Station(Logger212.Mn, "ST-1"));
        await using var ingest = await TestImport.StartAsync(import);
        using var hostile = await Logger212.CallAsync(import.Port);
        using var logger = await Logger212.CallAsync(import.Port);

        await hostile.SendAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("##99x9", 100))));

        Assert.Null(await hostile.HearAsync());
        Assert.Equal("9014", (await logger.AskAsync(logger.Data("20210401080000", Values)))!.Command);
        Assert.InRange(ingest.Refusals().Count, 20, 21);
    }
}
