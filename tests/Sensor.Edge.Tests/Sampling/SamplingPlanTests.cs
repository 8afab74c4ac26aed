using Sensor.Contracts;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Sampling;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Sampling;

public sealed class SamplingPlanTests : IAsyncDisposable
{
    private const int Pump = 24;

    private static readonly SamplingConfiguration Whole = new()
    {
        Before = [new SamplingStep("pump", TimeSpan.FromSeconds(90)), new SamplingStep("wiper", TimeSpan.FromSeconds(5))],
        Power = "power",
        WarmUp = TimeSpan.FromSeconds(60),
        Stabilise = TimeSpan.FromSeconds(30),
    };

    private readonly PlanTime _time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly SimulatedGpio _gpio;
    private readonly StationActuators _actuators;

    public SamplingPlanTests()
    {
        _gpio = new SimulatedGpio(_time);
        _actuators = new StationActuators(
            [.. new[] { ("pump", Pump), ("wiper", 25), ("power", 26) }.Select(a => new ActuatorConfiguration
            {
                Id = a.Item1,
                Options = new RelayOptions { Bus = "gpio", Pin = a.Item2, LongestOn = TimeSpan.FromMinutes(5) },
            })],
            _gpio.Buses.Tools(_time).Buses,
            _time);
    }

    private double Seconds => (_time.GetUtcNow() - _gpio.Start).TotalSeconds;

    public ValueTask DisposeAsync() => _actuators.DisposeAsync();

    [Fact]
    public async Task Prepare_WholePlan_SwitchesInOrderAndAtItsTimes()
    {
        var plan = new SamplingPlan(Whole, _actuators, _time);
        Assert.Null(await plan.PrepareAsync(CancellationToken.None));
        Assert.Equal((185, TimeSpan.FromSeconds(185)), (Seconds, plan.Lead));
        Assert.Null(await plan.EndAsync());
        Assert.Equal(["0 26=1", "60 24=1", "150 24=0", "150 25=1", "155 25=0", "185 26=0"], Switched());
    }

    [Fact]
    public async Task Prepare_PumpFails_SaysWhyAndSwitchesEverythingOff()
    {
        var broken = new StationActuators(
            [new ActuatorConfiguration { Id = "pump", Options = new RelayOptions { Bus = "dead", Pin = 1, LongestOn = TimeSpan.FromMinutes(5) } }, Power()],
            new Edge.Buses.StationBuses([new GpioBusConfiguration { Id = "gpio", Chip = 0 }, new GpioBusConfiguration { Id = "dead", Chip = 1 }], new FakeBuses
            {
                Gpio = chip => chip == 0 ? new System.Device.Gpio.GpioController(_gpio) : throw new IOException("no such chip"),
            }),
            _time);
        await using var disposed = broken;
        var failed = await new SamplingPlan(Whole, broken, _time).PrepareAsync(CancellationToken.None);
        Assert.Equal((FailureKind.Transient, MissingReason.Fault, "actuator pump: bus dead, pin 1: no such chip"), (failed!.Kind, failed.Reason, failed.Detail));
        Assert.Equal(["0 26=1", "60 26=0"], Switched());
    }

    [Fact]
    public async Task Prepare_PumpIsCutByItsLimit_IsAFailure()
    {
        var plan = new SamplingPlan(new SamplingConfiguration { Before = [new SamplingStep("pump", TimeSpan.FromMinutes(6))] }, _actuators, _time);
        var failed = await plan.PrepareAsync(CancellationToken.None);
        Assert.Equal("actuator pump: it was switched off, because it failed or was on for its longest time", failed!.Detail);
        Assert.False(_gpio.IsHigh(Pump));
    }

    [Fact]
    public async Task End_PowerWasCut_IsAFailure()
    {
        var plan = new SamplingPlan(Whole, _actuators, _time);
        await plan.PrepareAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.StartsWith("actuator power: it was switched off", (await plan.EndAsync())!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_Cancelled_LeavesNothingOn()
    {
        using var stop = new CancellationTokenSource();
        _gpio.OnHigh = pin =>
        {
            if (pin == Pump)
            {
                stop.Cancel();
            }
        };
        var plan = new SamplingPlan(Whole, _actuators, _time);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => plan.PrepareAsync(stop.Token));
        await plan.EndAsync();
        Assert.Equal((false, false), (_gpio.IsHigh(Pump), _gpio.IsHigh(26)));
    }

    [Fact]
    public async Task Hold_ByTwo_IsOnUntilTheLastReleases()
    {
        var (one, other) = (await _actuators["pump"].HoldAsync(CancellationToken.None), await _actuators["pump"].HoldAsync(CancellationToken.None));
        await one.ReleaseAsync();
        Assert.True(_gpio.IsHigh(Pump));
        other.RequireOn();
        await other.ReleaseAsync();
        Assert.False(_gpio.IsHigh(Pump));
    }

    [Fact]
    public async Task Off_AtTheStart_SwitchesOffWhatAKilledProcessLeftOn()
    {
        _gpio.Set(Pump, true);
        await _actuators.OffAsync(Some.Logger);
        Assert.False(_gpio.IsHigh(Pump));
    }

    [Fact]
    public async Task Read_ThreeReads_AreTwoSecondsApartAndMakeTheirMedian()
    {
        var (moments, values) = (new List<double>(), new[] { "3.1", "2.9", "3.0" });
        var driver = new Scripted(() =>
        {
            moments.Add(Seconds);
            return Sampled(values[moments.Count - 1]);
        });
        var reply = await Reader(driver, Whole with { Reads = 3 }).ReadAsync(new SampleRequest(default, null), CancellationToken.None);
        Assert.Equal([0, 2, 4], moments);
        Assert.Equal("3.0", Assert.IsType<DriverReply.Sampled>(reply).Readings[0].Value.ToString());
    }

    [Fact]
    public async Task Read_OneOfTheReadsFails_IsThatFailure()
    {
        var reads = 0;
        var driver = new Scripted(() => ++reads == 2 ? new DriverReply.Failed(FailureKind.Transient, MissingReason.Busy, "measuring") : Sampled("1"));
        var reply = await Reader(driver, new SamplingConfiguration { Reads = 5 }).ReadAsync(new SampleRequest(default, null), CancellationToken.None);
        Assert.Equal((MissingReason.Busy, 2), (Assert.IsType<DriverReply.Failed>(reply).Reason, reads));
    }

    private static ActuatorConfiguration Power() => new() { Id = "power", Options = new RelayOptions { Bus = "gpio", Pin = 26, LongestOn = TimeSpan.FromMinutes(5) } };

    private SlotReader Reader(IDriver driver, SamplingConfiguration sampling)
    {
        var instrument = Some.Simulated("a", TimeSpan.FromHours(1)) with { Sampling = sampling };
        return new SlotReader(instrument, new GuardedRead(driver, instrument.Timeout, TimeProvider.System), _actuators, _time);
    }

    /// <summary>What was written from the first time on that something was on: each pin is off when it is opened.</summary>
    private string[] Switched()
    {
        var on = new HashSet<string>();
        return [.. _gpio.Written.Where(line => line.EndsWith('1') ? on.Add(line.Split(' ')[1][..2]) : on.Remove(line.Split(' ')[1][..2]))];
    }

    private static DriverReply.Sampled Sampled(string value) => new(default, [new Reading { Parameter = "w01019", Value = MeasuredValue.Parse(value), Unit = "mg/L", Flag = "N", Instrument = "a", SampledFrom = default, SampledTo = default }]);

    private sealed class Scripted(Func<DriverReply> script) : IDriver
    {
        public IReadOnlyList<DriverChannel> Channels => [];

        public TimeSpan? DataPace => null;

        public Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation) => Task.FromResult(script());

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
