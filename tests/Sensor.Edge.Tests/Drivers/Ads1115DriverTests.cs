using Sensor.Contracts;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

/// <summary>Counts and full scales: dotnet/iot, src/devices/Ads1115/Ads1115.cs (full scale over 32768).</summary>
public sealed class Ads1115DriverTests : IDisposable
{
    private const string Loop = """{ "bus": "i2c", "channel": "0", "parameter": "w01003", "curve": [ { "signal": "0.4", "value": "0" }, { "signal": "2.0", "value": "1000" } ], "decimals": 2, "conversions": 3 }""";
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly QuickTime _time = new(Noon);
    private readonly SimulatedI2cBus _bus = new();
    private readonly Queue<short> _counts = new();
    private int _busyReads;
    private Func<ushort, ushort> _configuration = written => written;
    private WordRegisters? _registers;

    public void Dispose() => _bus.Dispose();

    [Fact]
    public async Task Read_ThreeConversions_TakesTheMedianAndShowsTheSpread()
    {
        var reading = await Sample(Loop, 19_200, 19_000, 19_201);

        Assert.Equal(
            new Reading
            {
                Parameter = "w01003",
                Value = new MeasuredValue(50_000, -2),
                Unit = "{NTU}",
                Flag = "N",
                Instrument = "probe",
                SampledFrom = Instant.From(Noon),
                SampledTo = Instant.From(Noon).PlusMilliseconds(27),
                Raw = "1.2000000000 V, counts 19000 to 19201",
            },
            reading);
        Assert.Equal(["48 01C583", "48 01", "48 00"], _bus.Sent.Take(3));
        Assert.Equal(9, _bus.Sent.Count);
    }

    [Theory]
    [InlineData("0-1", "6.144", "48 018183")]
    [InlineData("2-3", "4.096", "48 01B383")]
    [InlineData("1", "2.048", "48 01D583")]
    [InlineData("3", "0.256", "48 01FB83")]
    public async Task Read_ChannelAndRange_StandInTheConfigurationThatIsSent(string channel, string range, string expected)
    {
        await Sample(Loop.Replace("\"channel\": \"0\"", $"\"channel\": \"{channel}\", \"range\": \"{range}\"", StringComparison.Ordinal), 8_000, 8_000, 8_000);
        Assert.Equal(expected, _bus.Sent[0]);
    }

    /// <summary>One count at 2.048 V is 62.5 uV; the line through (0.4 V, 0) and (2 V, 1000) gives 625 per volt.</summary>
    [Theory]
    [InlineData(6_400, "0.00")]
    [InlineData(6_401, "0.04")]
    [InlineData(6_403, "0.12")]
    [InlineData(32_000, "1000.00")]
    [InlineData(6_399, null)]
    [InlineData(32_001, null)]
    [InlineData(0, null)]
    [InlineData(-6_400, null)]
    public async Task Read_Signal_IsOnTheCurveOrAFault(short count, string? expected)
    {
        var reading = await Sample(Loop, count, count, count);
        Assert.Equal((expected, expected is null ? "D" : "N"), (reading.Value?.ToString(), reading.Flag));
        Assert.Equal(expected is null ? MissingReason.Fault : null, reading.Missing);
        Assert.Equal(expected is null, reading.Raw!.EndsWith(", beyond the curve", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(19_200, 19_200, 32_767)]
    [InlineData(19_200, -32_768, 19_200)]
    public async Task Read_AnyConversionSaturated_IsAFaultAndNoValue(short first, short second, short third)
    {
        var reading = await Sample(Loop, first, second, third);
        Assert.Equal((null, MissingReason.Fault, "D"), (reading.Value, reading.Missing, reading.Flag));
        Assert.EndsWith(", saturated", reading.Raw, StringComparison.Ordinal);
    }

    /// <summary>pH 4 at 1.9 V and pH 10 at 0.1 V; at 10 Cel the slope is 283.15/298.15 of that at 25 Cel, so the same voltage lies further from 7.</summary>
    [Theory]
    [InlineData(16_000, "25", "7.000")]
    [InlineData(16_000, "10", "7.000")]
    [InlineData(24_000, "25", "5.333")]
    [InlineData(24_000, "10", "5.245")]
    public async Task Read_PhWithCompensation_FollowsNernst(short count, string temperature, string expected)
    {
        var reading = await Sample(
            $$"""
            { "bus": "i2c", "channel": "0", "parameter": "w01001", "decimals": 3, "conversions": 1,
              "curve": [ { "signal": "0.1", "value": "10" }, { "signal": "1.0", "value": "7" }, { "signal": "1.9", "value": "4" } ],
              "compensation": { "calibratedAt": "25", "temperature": "{{temperature}}" } }
            """,
            count);
        Assert.Equal(expected, reading.Value.ToString());
    }

    [Fact]
    public async Task Read_ConversionTakesLonger_IsAskedAgain()
    {
        _busyReads = 2;
        Assert.Equal(new MeasuredValue(50_000, -2), (await Sample(Loop, 19_200, 19_200, 19_200)).Value);
        Assert.Equal([9, 1, 1], _time.Waits.Take(3).Select(w => w.TotalMilliseconds));
    }

    [Fact]
    public async Task Read_ConversionNeverEnds_IsABadAnswer()
    {
        _busyReads = int.MaxValue;
        Assert.Equal(MissingReason.BadAnswer, Assert.IsType<DriverReply.Failed>(await Read(Loop, 1)).Reason);
    }

    [Fact]
    public async Task Read_AnotherProgramChangedTheConfiguration_IsABadAnswer()
    {
        _configuration = written => (ushort)(written ^ 0x1000);
        Assert.Equal(MissingReason.BadAnswer, Assert.IsType<DriverReply.Failed>(await Read(Loop, 1)).Reason);
    }

    [Fact]
    public async Task Read_TwoInstrumentsOfOneConverter_ShareItsAddress()
    {
        Prepare(19_200, 19_200, 19_200, 6_400, 6_400, 6_400);
        var tools = _bus.Buses.Tools(_time);
        await using var first = new Ads1115Driver(tools, OptionsOf.Read<Ads1115Options>("ads1115", Loop));
        await using var second = new Ads1115Driver(tools, OptionsOf.Read<Ads1115Options>("ads1115", Loop.Replace("\"channel\": \"0\"", "\"channel\": \"1\"", StringComparison.Ordinal)));
        Assert.Equal("500.00", Value(await first.ReadAsync(new SampleRequest(Instant.From(Noon), null), CancellationToken.None)));
        Assert.Equal("0.00", Value(await second.ReadAsync(new SampleRequest(Instant.From(Noon), null), CancellationToken.None)));
    }

    [Fact]
    public void ReadOptions_Mistakes_AreAllReported()
    {
        var problems = OptionsOf.Problems("ads1115", """
            { "bus": "tcp", "address": "0x4C", "channel": "4", "range": "5", "parameter": "w01003", "decimals": 13, "conversions": 2, "gain": 1,
              "curve": [ { "signal": "2", "value": "0" }, { "signal": "1", "value": 5 } ],
              "compensation": { "calibratedAt": "25", "temperature": "200" } }
            """);
        Assert.Equal(
            ["bus", "address", "channel", "range", "curve[1].value", "curve[1].signal", "decimals", "compensation.temperature", "conversions", "compensation", "gain"],
            problems.Select(p => p.Split(' ')[0]));
    }

    private static string Value(DriverReply reply) => Assert.Single(Assert.IsType<DriverReply.Sampled>(reply).Readings).Value.ToString()!;

    private async Task<Reading> Sample(string options, params short[] counts) => Assert.Single(Assert.IsType<DriverReply.Sampled>(await Read(options, counts)).Readings);

    private async Task<DriverReply> Read(string options, params short[] counts)
    {
        Prepare(counts);
        await using var driver = new Ads1115Driver(_bus.Buses.Tools(_time), OptionsOf.Read<Ads1115Options>("ads1115", options));
        return await driver.ReadAsync(new SampleRequest(Instant.From(Noon), null), CancellationToken.None);
    }

    /// <summary>A converter: a write with the start bit begins a conversion, which the start bit shows as ended when it is read as 1.</summary>
    private void Prepare(params short[] counts)
    {
        foreach (var count in counts)
        {
            _counts.Enqueue(count);
        }

        var busy = _busyReads;
        _registers = new WordRegisters
        {
            OnWrite = (_, _) => busy = _busyReads,
            OnRead = register => register == 0 ? unchecked((ushort)_counts.Dequeue()) : busy-- > 0 ? (ushort)(_configuration(_registers!.Content[1]) & 0x7FFF) : _configuration(_registers!.Content[1]),
        };
        _registers.On(_bus, 0x48);
    }
}
