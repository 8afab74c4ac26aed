using Sensor.Contracts;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

public sealed class ReplayDriverTests : IDisposable
{
    private const string Arrivals = """
        section,time,parameter,value,unit,flag,detectionLimit,instrument
        街口,2020-03-10T12:00:00+08:00,w01001,7.06,[pH],N,,
        街口,2020-03-10T12:00:00+08:00,w21003,,mg/L,M,0.025,
        街口,2020-03-10T12:00:00+08:00,w01001,7.06,[pH],N,,
        街口,2020-03-10T12:00:00+08:00,w21003,,mg/L,M,0.025,
        街口,2020-05-10T08:00:00+08:00,w01019,1.40,mg/L,,,COD-2
        """;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_ArrivalsOfAFile_BecomeRecordsAsTheyStand()
    {
        await using var driver = Driver(Arrivals);
        var all = await ReadAll(driver, null);

        Assert.Equal(3, all.Count);
        Assert.Equal(all[0].Readings, all[1].Readings);
        var (ph, ammonia) = (all[0].Readings[0], all[0].Readings[1]);
        Assert.Equal(new Reading
        {
            Parameter = "w01001",
            Value = new MeasuredValue(706, -2),
            Unit = "[pH]",
            Flag = "N",
            Instrument = "archive",
            SampledFrom = all[0].Instant,
            SampledTo = all[0].Instant,
            DatedBy = DatedBy.Instrument,
            Raw = "7.06",
        }, ph);
        Assert.Equal((MissingReason.NotReported, "M", null, new MeasuredValue(25, -3)), (ammonia.Missing, ammonia.Flag, ammonia.Raw, ammonia.DetectionLimit));
        Assert.Equal("2020-03-10T04:00:00.000Z", all[0].Instant.ToString());
        Assert.Equal(("COD-2", "1.40", "N"), (all[2].Readings[0].Instrument, all[2].Readings[0].Value!.ToString(), all[2].Readings[0].Flag));
    }

    [Fact]
    public async Task Read_FromAnyPosition_GoesOnExactlyThere()
    {
        await using var first = Driver(Arrivals);
        var all = await ReadAll(first, null);
        for (var i = 0; i < all.Count; i++)
        {
            await using var again = Driver(Arrivals);
            Assert.Equal(all.Skip(i + 1).Select(s => s.Position), (await ReadAll(again, all[i].Position)).Select(s => s.Position));
        }
    }

    [Fact]
    public async Task Read_RecordWasNotStored_GivesTheSameAgain()
    {
        await using var driver = Driver(Arrivals);
        var once = Assert.IsType<DriverReply.Sampled>(await Read(driver, null));
        var again = Assert.IsType<DriverReply.Sampled>(await Read(driver, null));
        Assert.Equal(once.Position, again.Position);
    }

    [Fact]
    public async Task Read_ReplayedPartWasChanged_IsMisconfigured()
    {
        await using var first = Driver(Arrivals);
        var position = (await ReadAll(first, null))[0].Position;
        await using var changed = Driver(Arrivals.Replace("7.06", "7.07", StringComparison.Ordinal));
        var failed = Assert.IsType<DriverReply.Failed>(await Read(changed, position));
        Assert.Equal(FailureKind.Misconfigured, failed.Kind);
        Assert.Contains("up to line 3 was replayed", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FileGrewAtItsEnd_ReplaysWhatIsNew()
    {
        await using var first = Driver(Arrivals);
        var end = (await ReadAll(first, null))[^1].Position;
        await using var grown = Driver(Arrivals + "\n街口,2020-05-11T08:00:00+08:00,w01019,1.5,mg/L,N,,");
        Assert.Single(await ReadAll(grown, end));
    }

    [Theory]
    [InlineData("街口,2020-05-11T08:00:00+08:00,w01019,1.5,mg/L,N,,\n新塘,2020-05-11T08:00:00+08:00,w01019,1.5,mg/L,N,,", "line 3: section '新塘'")]
    [InlineData("街口,2020-05-11T08:00:00+08:00,w01019,1.5,mg/L,N,,a b", "line 2: instrument 'a b'")]
    [InlineData("街口,2020-05-11T08:00:00+08:00,w01019,abc,mg/L,N,,", "line 2: value 'abc'")]
    public async Task Read_WrongLine_IsMisconfiguredWithItsNumber(string lines, string expected)
    {
        await using var driver = Driver("section,time,parameter,value,unit,flag,detectionLimit,instrument\n" + lines);
        DriverReply reply;
        string? position = null;
        while ((reply = await Read(driver, position)) is DriverReply.Sampled sampled)
        {
            position = sampled.Position;
        }

        Assert.Contains(expected, Assert.IsType<DriverReply.Failed>(reply).Detail, StringComparison.Ordinal);
    }

    private static Task<DriverReply> Read(ReplayDriver driver, string? position) => driver.ReadAsync(new SampleRequest(default, position), CancellationToken.None);

    private static async Task<List<DriverReply.Sampled>> ReadAll(ReplayDriver driver, string? position)
    {
        var all = new List<DriverReply.Sampled>();
        while (await Read(driver, position) is DriverReply.Sampled sampled)
        {
            all.Add(sampled);
            position = sampled.Position;
        }

        Assert.IsType<DriverReply.Ended>(await Read(driver, position));
        return all;
    }

    private ReplayDriver Driver(string csv) => new("archive", new ReplayOptions { File = _folder.Write("a.csv", csv) });
}
