using System.Collections.Concurrent;
using Sensor.Contracts;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Sampling;

/// <summary>Plans on a whole station.</summary>
public sealed class PlannedSamplingTests
{
    private static readonly ActuatorConfiguration Pump = new() { Id = "pump", Options = new RelayOptions { Bus = "gpio", Pin = 24, LongestOn = TimeSpan.FromMinutes(5) } };

    private static readonly InstrumentConfiguration[] Instruments =
    [
        Some.Simulated("pumped", TimeSpan.FromMinutes(10)) with
        {
            Sampling = new SamplingConfiguration { Before = [new SamplingStep("pump", TimeSpan.FromSeconds(90))], Stabilise = TimeSpan.FromSeconds(5) },
        },
        Some.Simulated("other", TimeSpan.FromMinutes(1)),
    ];

    [Fact]
    public async Task Sample_WithAPlan_ReadsAtTheSlotAndRunsThePumpBeforeIt()
    {
        await using var station = new PlannedStation(Instruments, [Pump]);
        var on = new ConcurrentQueue<string>();
        station.Gpio.OnHigh = _ => on.Enqueue(station.Clock);
        await station.StartAsync();
        await station.AdvanceUntil(() => station.Readings("pumped").Count >= 2 && station.Readings("other").Count >= 13);

        Assert.Equal(["00:08:25", "00:18:25"], on.Take(2));
        Assert.Equal(["00:10:00 pumped", "00:20:00 pumped"], station.Reads.Where(r => r.EndsWith("pumped", StringComparison.Ordinal)).Take(2));
        Assert.All(station.Readings("pumped"), body => Assert.Equal("N", body.Readings[0].Flag));
        Assert.Equal(Enumerable.Range(8, 13).Select(minute => $"00:{minute:00}:00 other"), station.Reads.Where(r => r.EndsWith("other", StringComparison.Ordinal)).Take(13));
    }

    [Fact]
    public async Task Sample_PumpIsDead_IsMissingWithTheReasonAndDelaysNobody()
    {
        await using var station = new PlannedStation(Instruments, [Pump]) { Hardware = new FakeBuses() };
        await station.StartAsync();
        await station.AdvanceUntil(() => station.Readings("pumped").Count >= 2 && station.Readings("other").Count >= 13);

        Assert.Equal(["2026-05-01T00:10:00.000Z", "2026-05-01T00:20:00.000Z"], station.Readings("pumped").Take(2).Select(b => b.Instant.ToString()));
        Assert.All(station.Readings("pumped"), body => Assert.Equal(
            (null, MissingReason.Fault, "D", "actuator pump: bus gpio, pin 24: no such device"),
            (body.Readings[0].Value, body.Readings[0].Missing, body.Readings[0].Flag, body.Readings[0].Raw)));
        Assert.Equal(13, station.Readings("other").Count(b => b.Readings[0].Value is not null && b.Instant.UnixMilliseconds <= station.Readings("pumped")[1].Instant.UnixMilliseconds));
    }

    [Fact]
    public async Task Stop_WhileThePumpRuns_SwitchesItOff()
    {
        await using var station = new PlannedStation(Instruments, [Pump]);
        await station.StartAsync();
        await station.AdvanceUntil(() => station.Gpio.IsHigh(24));
        await station.StopAsync();
        Assert.Equal((false, false), (station.Gpio.IsHigh(24), station.Gpio.IsOpen(24)));
    }
}
