using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Edge.Drivers;

/// <summary>Invents water with a daily rhythm, for trying out a station without an instrument.</summary>
/// <remarks>
/// <para>Link: docs/station.md, section "simulated".</para>
/// <para>Accuracy: none; the values are invented.</para>
/// <para>Range: temperature 14 to 24 Cel, pH 7.2 to 8.2, dissolved oxygen 6.5 to 9.5 mg/L, and of the nine parameters of a national station.</para>
/// <para>Resolution: the hourly decimals of each parameter.</para>
/// <para>Timings: answers at once, at every slot.</para>
/// <para>Differences: the same seed and slot always give the same values, computed on whole numbers, so that tests and demonstrations repeat.</para>
/// </remarks>
internal sealed class SimulatedDriver(string instrument, SimulatedOptions options) : IDriver
{
    private const long Hour = 3_600_000;

    /// <summary>1000 · sin(2π · hour / 24).</summary>
    private static readonly long[] Sine =
        [0, 259, 500, 707, 866, 966, 1000, 966, 866, 707, 500, 259, 0, -259, -500, -707, -866, -966, -1000, -966, -866, -707, -500, -259];

    private static readonly Curve[] Curves =
    [
        new(ParameterCatalogue.PH, 770, 35, 15, 7),
        new("w01003", 120, 30, 25, 4),
        new(ParameterCatalogue.DissolvedOxygen, 800, 120, 30, 8),
        new(ParameterCatalogue.Temperature, 190, 40, 10, 9),
        new("w01014", 1_800, 60, 40, 2),
        new(ParameterCatalogue.CodMn, 170, 25, 20, 5),
        new(ParameterCatalogue.TotalNitrogen, 110, 15, 10, 3),
        new(ParameterCatalogue.AmmoniaNitrogen, 30, 8, 6, 1),
        new(ParameterCatalogue.TotalPhosphorus, 25, 5, 4, 6),
    ];

    public IReadOnlyList<DriverChannel> Channels { get; } = [.. Curves.Select(c => new DriverChannel(c.Code, ParameterCatalogue.Find(c.Code)!.Unit))];

    public TimeSpan? DataPace => null;

    public static SimulatedOptions ReadOptions(StrictObject options, DriverContext context) =>
        new() { Seed = options.Whole("seed", 0, int.MaxValue, new SimulatedOptions().Seed) };

    public Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation) =>
        Task.FromResult<DriverReply>(new DriverReply.Sampled(request.Slot, [.. Curves.Select((curve, i) => Reading(curve, i, request.Slot))]));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Reading Reading(Curve curve, int index, Instant slot)
    {
        var parameter = ParameterCatalogue.Find(curve.Code)!;
        return new Reading
        {
            Parameter = curve.Code,
            Value = new MeasuredValue(curve.Mean + (curve.Swing * Rhythm(slot, curve.Phase) / 1000) + Noise(curve.Noise, index, slot), -parameter.HourlyDecimals!.Value),
            Unit = parameter.Unit,
            Flag = "N",
            Instrument = instrument,
            SampledFrom = slot,
            SampledTo = slot,
        };
    }

    /// <summary>−1000 to 1000 over a day of UTC, straight between the hours.</summary>
    private static long Rhythm(Instant slot, int phase)
    {
        var time = (((slot.UnixMilliseconds + (phase * Hour)) % (24 * Hour)) + (24 * Hour)) % (24 * Hour);
        var (hour, within) = ((int)(time / Hour), time % Hour);
        return Sine[hour] + ((Sine[(hour + 1) % 24] - Sine[hour]) * within / Hour);
    }

    /// <summary>−most to most, scattered by the finaliser of SplitMix64 (Steele, Lea and Flood 2014).</summary>
    private long Noise(long most, int index, Instant slot)
    {
        unchecked
        {
            var z = (ulong)slot.UnixMilliseconds + ((ulong)options.Seed * 0x9E3779B97F4A7C15) + ((ulong)(index + 1) * 0xD1B54A32D192ED03);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            return (long)(z % (ulong)((2 * most) + 1)) - most;
        }
    }

    /// <summary>Mean, swing and noise in units of the last decimal; the phase in hours.</summary>
    private sealed record Curve(string Code, long Mean, long Swing, long Noise, int Phase);
}
