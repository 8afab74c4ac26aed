using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts;

namespace WaterWatch.Bench;

/// <summary>
/// A year of one invented section in memory: nine parameters every four hours, with their national decimals, a yearly course, scatter, and two
/// values in a hundred missing. The same seed and number give the same readings.
/// </summary>
internal sealed class SyntheticSection
{
    /// <summary>Four-hourly moments of 2021.</summary>
    public const int Moments = 2_190;

    private const long FirstMoment = 1_609_430_400_000;
    private const long Step = 4 * 3_600_000L;

    /// <summary>Code, decimals, lowest and highest middle of a section, and half the width of its scatter, in units of the last decimal.</summary>
    private static readonly (string Code, int Decimals, int Low, int High, int Scatter)[] Parameters =
    [
        ("w01001", 2, 720, 830, 45), ("w01009", 2, 550, 1_000, 220), ("w01019", 2, 120, 700, 110), ("w21003", 3, 40, 900, 35),
        ("w21011", 3, 20, 250, 18), ("w21001", 2, 60, 450, 50), ("w01010", 1, 90, 210, 80), ("w01014", 1, 1_500, 9_000, 1_000), ("w01003", 1, 60, 900, 50),
    ];

    private readonly Instant[][] _moments = [.. Parameters.Select(_ => new Instant[Moments])];
    private readonly ExactDecimal[][] _amounts = [.. Parameters.Select(_ => new ExactDecimal[Moments])];
    private ulong _state;

    /// <summary>The amounts by factor code, as the assessment takes them.</summary>
    public IReadOnlyDictionary<string, SampledAmounts> Amounts { get; private set; } = new Dictionary<string, SampledAmounts>();

    /// <summary>The same amounts parameter by parameter, as the baseline takes them.</summary>
    public IReadOnlyList<ArraySegment<ExactDecimal>> Plain { get; private set; } = [];

    /// <summary>How many there are.</summary>
    public int Readings => Plain.Sum(p => p.Count);

    /// <summary>Invents the year of a section in place of the one before.</summary>
    public void Fill(int seed, int number)
    {
        _state = ((ulong)(uint)seed << 32) | (uint)number;
        var counts = Parameters.Select((p, i) => Fill(i, p.Decimals, p.Low + Below(p.High - p.Low), p.Scatter)).ToList();
        Plain = [.. counts.Select((count, i) => new ArraySegment<ExactDecimal>(_amounts[i], 0, count))];
        Amounts = Parameters.Select((p, i) => (p.Code, Sampled: new SampledAmounts(new ArraySegment<Instant>(_moments[i], 0, counts[i]), Plain[i])))
            .ToDictionary(p => p.Code, p => p.Sampled, StringComparer.Ordinal);
    }

    private int Fill(int parameter, int decimals, int middle, int scatter)
    {
        var count = 0;
        for (var moment = 0; moment < Moments; moment++)
        {
            var season = scatter * int.Abs((moment * 2) - Moments) / Moments;
            var mantissa = int.Max(1, middle + season - scatter + Below((2 * scatter) + 1));
            if (Below(100) >= 2)
            {
                _moments[parameter][count] = new Instant(FirstMoment + (moment * Step));
                _amounts[parameter][count] = ExactDecimal.From(new MeasuredValue(mantissa, -decimals));
                count++;
            }
        }

        return count;
    }

    /// <summary>SplitMix64, by Steele, Lea and Flood (2014): the same numbers on every machine.</summary>
    private int Below(int bound)
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)((mixed ^ (mixed >> 31)) % (ulong)bound);
        }
    }
}
