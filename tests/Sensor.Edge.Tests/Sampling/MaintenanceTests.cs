using Sensor.Contracts;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Sampling;

public sealed class MaintenanceTests
{
    private const int Switch = 22;

    [Theory]
    [InlineData("a", "N")]
    [InlineData(null, "M")]
    public async Task Sample_BetweenBeginAndEnd_IsFlaggedAlsoAfterARestart(string? maintained, string flagOfOther)
    {
        await using var station = new PlannedStation(
            [
                new InstrumentConfiguration { Id = "service", Options = new MaintenanceSwitchOptions { Bus = "gpio", Pin = Switch, For = maintained } },
                Some.Simulated("a", TimeSpan.FromMinutes(1)),
                Some.Simulated("b", TimeSpan.FromMinutes(1)),
            ],
            []);
        station.Gpio.Set(Switch, true);
        await station.StartAsync();
        await More(station);
        station.Gpio.Set(Switch, false);
        await station.CreepUntil(() => Events(station, EventType.MaintenanceBegin) == 1);
        await More(station);
        await station.StopAsync();
        await station.StartAsync();
        await More(station);
        station.Gpio.Set(Switch, true);
        await station.CreepUntil(() => Events(station, EventType.MaintenanceEnd) == 1);
        await More(station);

        var bodies = station.Bodies;
        var (begin, end) = (At(bodies, EventType.MaintenanceBegin), At(bodies, EventType.MaintenanceEnd));
        Assert.Equal(["N", "M", "N"], FlagsOf("a", bodies, begin, end));
        Assert.Equal(["N", flagOfOther, "N"], FlagsOf("b", bodies, begin, end));
        Assert.All(station.Readings("a"), body => Assert.NotNull(body.Readings[0].Value));
        Assert.Equal((1, 1, maintained), (Events(station, EventType.MaintenanceBegin), Events(station, EventType.MaintenanceEnd), ((EventBody)bodies[begin]).Event.Instrument));
    }

    /// <summary>Two more readings of each, and on to the middle of a minute, where nothing is being read.</summary>
    private static async Task More(PlannedStation station)
    {
        var (a, b) = (station.Readings("a").Count + 2, station.Readings("b").Count + 2);
        await station.AdvanceUntil(() => station.Time.GetUtcNow().Second == 30 && station.Readings("a").Count >= a && station.Readings("b").Count >= b);
    }

    private static int Events(PlannedStation station, EventType type) => station.Bodies.OfType<EventBody>().Count(b => b.Event.Type == type);

    private static int At(IReadOnlyList<RecordBody> bodies, EventType type) => bodies.Index().Single(b => b.Item is EventBody { Event.Type: var t } && t == type).Index;

    /// <summary>The one flag before, between and after.</summary>
    private static IEnumerable<string> FlagsOf(string instrument, IReadOnlyList<RecordBody> bodies, int begin, int end) =>
        bodies.Index()
            .Where(b => b.Item is ReadingsBody readings && readings.Readings.Any(r => r.Instrument == instrument))
            .GroupBy(b => b.Index < begin ? 0 : b.Index < end ? 1 : 2)
            .Select(group => group.Select(b => ((ReadingsBody)b.Item).Readings.Single(r => r.Instrument == instrument).Flag).Distinct().Single());
}
