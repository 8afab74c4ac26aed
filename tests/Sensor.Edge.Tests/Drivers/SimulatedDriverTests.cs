using Sensor.Contracts;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Tests.Drivers;

public sealed class SimulatedDriverTests
{
    private static readonly Instant Noon = Instant.From(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Read_SameSeedAndSlot_GivesTheSameDigits()
    {
        Assert.Equal(await Texts(7, Noon), await Texts(7, Noon));
        Assert.NotEqual(await Texts(7, Noon), await Texts(8, Noon));
        Assert.NotEqual(await Texts(7, Noon), await Texts(7, Noon.PlusMilliseconds(60_000)));
    }

    [Fact]
    public async Task Read_KnownSeedAndSlot_GivesTheValuesOfEveryRelease() =>
        Assert.Equal("w01001=7.44 w01003=8.3 w01009=6.71 w01010=16.8 w01014=177.8 w01019=1.62 w21001=1.02 w21003=0.025 w21011=0.023", string.Join(" ", await Texts(1, Noon)));

    [Fact]
    public async Task Read_WholeDay_StaysPlausibleAndHasARhythm()
    {
        var temperatures = new List<long>();
        for (var minute = 0; minute < 1440; minute += 10)
        {
            var readings = await Read(1, Noon.PlusMilliseconds(minute * 60_000L));
            Assert.Equal(["w01001", "w01003", "w01009", "w01010", "w01014", "w01019", "w21001", "w21003", "w21011"], readings.Select(r => r.Parameter).Order(StringComparer.Ordinal));
            Assert.All(readings, r => Assert.Equal((DatedBy.Station, "N", true), (r.DatedBy, r.Flag, r.Value!.Value.Mantissa > 0)));
            temperatures.Add(readings.Single(r => r.Parameter == ParameterCatalogue.Temperature).Value!.Value.Mantissa);
        }

        Assert.InRange(temperatures.Min(), 140, 170);
        Assert.InRange(temperatures.Max(), 210, 240);
    }

    private static async Task<string[]> Texts(long seed, Instant slot) => [.. (await Read(seed, slot)).Select(r => $"{r.Parameter}={r.Value}")];

    private static async Task<IReadOnlyList<Reading>> Read(long seed, Instant slot)
    {
        await using var driver = new SimulatedDriver("probe", new SimulatedOptions { Seed = seed });
        return Assert.IsType<DriverReply.Sampled>(await driver.ReadAsync(new SampleRequest(slot, null), CancellationToken.None)).Readings;
    }
}
