using Microsoft.Extensions.Time.Testing;
using Sensor.Contracts;
using Sensor.Edge.Drivers;
using Sensor.Edge.Drivers.Ultrasonic;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

public sealed class UltrasonicDriverTests
{
    private const string Json = """{"bus":"serial","parameter":"w99001","height":"4.350","nearest":"0.03","farthest":"4.5","echoes":3}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // The frame that the maker's page works out: 0x07A1 = 1953 mm, checksum 0xA7.
    [Theory]
    [InlineData("FF07A1A7", 1953, 0)]
    [InlineData("A1A7FF07A1A7", 1953, 2)]
    [InlineData("FFFF07A1A7", 1953, 1)]
    [InlineData("FF07A1A8FF07A1A7", 1953, 4)]
    [InlineData("FF0000FF", 0, 0)]
    [InlineData("FFFFFFFD", 65535, 0)]
    [InlineData("FF07A1", null, 0)]
    [InlineData("0000000000", null, 2)]
    public void Next_Bytes_AreFramesOrNoise(string hex, int? distance, int noise)
    {
        var frames = new EchoFrames();
        Array.ForEach(Convert.FromHexString(hex), b => frames.Add([b]));
        Assert.Equal((distance, noise), (frames.Next(), frames.Noise));
    }

    [Fact]
    public async Task Read_ThreeEchoes_IsTheLevelOfTheirMedian()
    {
        var line = new OneLine();
        var read = line.Read(Json);
        line.Line.Push([.. Frame(1960), .. Frame(1953), .. Frame(1951)]);
        var reading = Assert.Single(Assert.IsType<DriverReply.Sampled>(await read).Readings);
        Assert.Equal(("w99001", new MeasuredValue(2397, -3), "m", "N"), (reading.Parameter, reading.Value, reading.Unit, reading.Flag));
        Assert.Equal("distance 1953 mm, echoes 3 from 1951 to 1960, rejected 0", reading.Raw);
        Assert.Empty(line.Line.Sent);
    }

    [Fact]
    public async Task Read_WaterBelowTheZero_IsANegativeLevel()
    {
        var line = new OneLine();
        var read = line.Read(Json.Replace("4.350", "1.5", StringComparison.Ordinal));
        line.Line.Push([.. Frame(1953), .. Frame(1953), .. Frame(1953)]);
        Assert.Equal("-0.453", Assert.IsType<DriverReply.Sampled>(await read).Readings[0].Value.ToString());
    }

    [Fact]
    public async Task Read_EchoesOutsideTheRange_AreRejectedUpToAsManyAsAreWanted()
    {
        var line = new OneLine();
        var read = line.Read(Json);
        line.Line.Push([.. Frame(29), .. Frame(0), .. Frame(4501), .. Frame(30), .. Frame(4500), .. Frame(2000)]);
        var reading = Assert.IsType<DriverReply.Sampled>(await read).Readings[0];
        Assert.Equal(("2.350", "distance 2000 mm, echoes 3 from 30 to 4500, rejected 3"), (reading.Value.ToString(), reading.Raw));
    }

    [Theory]
    [InlineData(0, "echoes 0, rejected 4")]
    [InlineData(2, "echoes 2 from 2000 to 2000, rejected 4")]
    public async Task Read_TooManyEchoesOutsideTheRange_IsAFaultAndNoValue(int good, string raw)
    {
        var line = new OneLine();
        var read = line.Read(Json);
        line.Line.Push([.. Enumerable.Repeat(Frame(2000), good).Concat(Enumerable.Repeat(Frame(0), 4)).SelectMany(f => f)]);
        var reading = Assert.IsType<DriverReply.Sampled>(await read).Readings[0];
        Assert.Equal((null, MissingReason.Fault, "D", raw), (reading.Value, reading.Missing, reading.Flag, reading.Raw));
    }

    [Fact]
    public async Task Read_WithTrigger_AsksForEachEcho()
    {
        var line = new OneLine(_ => [Frame(1953)]);
        var read = line.Read(Json.Replace("\"echoes\"", "\"trigger\":true,\"echoes\"", StringComparison.Ordinal));
        await line.Passes(TimeSpan.FromMilliseconds(10), read);
        Assert.Equal("2.397", Assert.IsType<DriverReply.Sampled>(await read).Readings[0].Value.ToString());
        Assert.Equal(["55", "55", "55"], line.Line.Sent.Select(Convert.ToHexString));
    }

    [Fact]
    public async Task Read_SilentSensor_IsNoAnswer()
    {
        var line = new OneLine();
        var read = line.Read(Json);
        line.Line.Push(Frame(1953));
        await line.Passes(TimeSpan.FromSeconds(2), read);
        Assert.Equal(new DriverReply.Failed(FailureKind.Transient, MissingReason.NoAnswer, "no echo was heard for 2s"), await read);
    }

    [Fact]
    public async Task Read_BytesThatAreNoFrames_IsABadAnswer()
    {
        var line = new OneLine();
        var read = line.Read(Json);
        line.Line.Push([.. Enumerable.Repeat((byte)0x80, 80)]);
        var failed = Assert.IsType<DriverReply.Failed>(await read);
        Assert.Equal((FailureKind.Transient, MissingReason.BadAnswer), (failed.Kind, failed.Reason));
        Assert.Matches("^[0-9]+ bytes belong to no frame", failed.Detail);
    }

    [Fact]
    public async Task Read_LineBreaks_IsNoAnswer()
    {
        var line = new OneLine();
        var read = line.Read(Json);
        line.Line.Break("hung up");
        Assert.Equal(new DriverReply.Failed(FailureKind.Transient, MissingReason.NoAnswer, "bus serial: hung up"), await read);
    }

    [Theory]
    [InlineData("\"echoes\":3", "\"echoes\":4", "echoes 4 is even, so no echo is in the middle")]
    [InlineData("\"farthest\":\"4.5\"", "\"farthest\":\"0.03\"", "farthest 0.03 is not more than the nearest distance 0.03")]
    [InlineData("w99001", "w01010", "parameter w01010 travels in Cel, and a level is in m")]
    [InlineData("\"height\":\"4.350\",", "", "height is missing")]
    [InlineData("\"height\":\"4.350\"", "\"height\":\"x\"", "height a decimal in m in quotation marks, at least -1000, at most 10000 was expected")]
    [InlineData("\"echoes\":3", "\"median\":3", "median is not a known member")]
    public void ReadOptions_Mistake_IsReportedWithItsPlace(string right, string wrong, string problem)
    {
        var problems = OptionsOf.Problems("ultrasonic", Json.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Contains(problems, p => p.StartsWith(problem, StringComparison.Ordinal));
    }

    private static byte[] Frame(int distance) => [0xFF, (byte)(distance >> 8), (byte)(distance & 0xFF), (byte)((0xFF + (distance >> 8) + (distance & 0xFF)) & 0xFF)];

    /// <summary>A sensor on a scripted line that the driver listens to.</summary>
    private sealed class OneLine(Func<byte[], IEnumerable<byte[]>>? answer = null)
    {
        public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(56));

        public ScriptedLine Line { get; } = new(answer ?? (_ => []));

        public Task<DriverReply> Read(string json) =>
            new UltrasonicDriver(new FakeBuses { Line = _ => Line }.Tools(Time, "level"), OptionsOf.Read<UltrasonicOptions>("ultrasonic", json)).ReadAsync(new SampleRequest(default, null), Stop);

        /// <summary>Lets time pass in steps until the read is over.</summary>
        public Task Passes(TimeSpan step, Task read) => Wait.Until(
            () =>
            {
                Time.Advance(step);
                return read.IsCompleted;
            },
            "the read ends");
    }
}
