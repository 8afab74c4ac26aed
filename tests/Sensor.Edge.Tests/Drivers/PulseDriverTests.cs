using Microsoft.Extensions.Time.Testing;
using Sensor.Contracts;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

public sealed class PulseDriverTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SteppableTime _time = new(Noon);
    private readonly SimulatedGpio _gpio = new();
    private readonly PulseDriver _driver;

    public PulseDriverTests()
    {
        _gpio.Set(5, true);
        _driver = new PulseDriver(_gpio.Buses.Tools(_time, "rain"), Options());
    }

    public ValueTask DisposeAsync() => _driver.DisposeAsync();

    [Fact]
    public async Task Read_FirstSlot_IsMissingBecauseNothingWasCounted()
    {
        var reading = await Read();
        Assert.Equal((null, MissingReason.NotReported, "F", "counting began"), (reading.Value, reading.Missing, reading.Flag, reading.Raw));
    }

    [Fact]
    public async Task Read_AfterPulses_IsTheExactSumOfTheInterval()
    {
        await Read();
        Pulse(3, TimeSpan.FromSeconds(7));
        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(21));
        var reading = await Read();
        Assert.Equal(("0.600", "mm", "N", "pulses 3, rejected 0"), (reading.Value.ToString(), reading.Unit, reading.Flag, reading.Raw));
        Assert.Equal((Instant.From(Noon), Instant.From(Noon.AddMinutes(5))), (reading.SampledFrom, reading.SampledTo));
    }

    [Fact]
    public async Task Read_NoPulse_IsZeroBecauseTheWholeIntervalWasSeen()
    {
        await Read();
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("0.000", (await Read()).Value.ToString());
    }

    [Fact]
    public async Task Read_PulsesFasterThanTheDebounce_AreRejectedAndStandInRaw()
    {
        await Read();
        Pulse(1, TimeSpan.FromMilliseconds(4));
        Pulse(1, TimeSpan.FromMilliseconds(5));
        Pulse(1, TimeSpan.FromMilliseconds(1));
        Pulse(1, TimeSpan.FromMilliseconds(10));
        var reading = await Read();
        Assert.Equal(("0.400", "pulses 2, rejected 2"), (reading.Value.ToString(), reading.Raw));
    }

    [Fact]
    public async Task Read_ChipFailedMeanwhile_IsMissingUntilAWholeIntervalWasSeen()
    {
        await Read();
        Pulse(2, TimeSpan.FromSeconds(1));
        _gpio.Fault = new IOException("gone");
        Assert.Equal("bus gpio, pin 5: gone", Assert.IsType<DriverReply.Failed>(await Reply()).Detail);
        _gpio.Fault = null;
        Assert.Equal(MissingReason.NotReported, (await Read()).Missing);
        Pulse(1, TimeSpan.FromSeconds(1));
        Assert.Equal("0.200", (await Read()).Value.ToString());
    }

    [Fact]
    public async Task Read_WallClockWasStepped_KeepsTheTrueLengthOfTheInterval()
    {
        await Read();
        _time.Advance(TimeSpan.FromMinutes(5));
        _time.Step = TimeSpan.FromHours(-1);
        var reading = await Read();
        Assert.Equal((Instant.From(Noon.AddHours(-1)), Instant.From(Noon.AddHours(-1).AddMinutes(5))), (reading.SampledFrom, reading.SampledTo));
    }

    [Fact]
    public async Task Read_SumNeedsMoreThanFifteenDigits_IsNotRepresentable()
    {
        await using var driver = new PulseDriver(_gpio.Buses.Tools(_time, "flow"), Options() with { PerPulse = new MeasuredValue(MeasuredValue.MaxMantissa, 0) });
        await driver.ReadAsync(new SampleRequest(default, null), CancellationToken.None);
        Pulse(2, TimeSpan.FromSeconds(1));
        var sampled = Assert.IsType<DriverReply.Sampled>(await driver.ReadAsync(new SampleRequest(default, null), CancellationToken.None));
        Assert.Equal((MissingReason.NotRepresentable, "pulses 2, rejected 0"), (sampled.Readings[0].Missing, sampled.Readings[0].Raw));
    }

    [Fact]
    public void ReadOptions_Mistakes_AreAllReported()
    {
        var problems = OptionsOf.Problems("pulse", """{ "bus": "gpio", "pin": -1, "parameter": "rain", "unit": "mm", "perPulse": 0.2, "edge": "both" }""");
        Assert.Equal(["edge", "parameter", "perPulse", "pin"], problems.Select(p => p.Split(' ')[0]).Order());
    }

    private static PulseOptions Options() =>
        OptionsOf.Read<PulseOptions>("pulse", """{ "bus": "gpio", "pin": 5, "parameter": "a01001", "unit": "mm", "perPulse": "0.200" }""");

    private void Pulse(int count, TimeSpan apart)
    {
        for (var i = 0; i < count; i++)
        {
            _gpio.Set(5, false);
            _gpio.Set(5, true);
            _time.Advance(apart);
        }
    }

    private Task<DriverReply> Reply() => _driver.ReadAsync(new SampleRequest(Instant.From(_time.GetUtcNow()), null), CancellationToken.None);

    private async Task<Reading> Read() => Assert.Single(Assert.IsType<DriverReply.Sampled>(await Reply()).Readings);

    private sealed class SteppableTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        /// <summary>How far somebody has set the wall clock from the clock that only runs.</summary>
        public TimeSpan Step { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
