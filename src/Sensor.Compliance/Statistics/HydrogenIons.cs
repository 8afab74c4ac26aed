using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Statistics;

/// <summary>
/// A running exact sum of 10^−pH, each power rounded to 20 significant digits. A power costs far more than a product, and pH comes in
/// hundredths: equal values are counted first, and the power of each hundredth is kept once computed. What is kept changes no result.
/// </summary>
/// <param name="counts">Room for the counts, all 0, one for each hundredth from 0 to 14.</param>
internal ref struct HydrogenIons(Span<int> counts)
{
    /// <summary>The hundredths from pH 0 to 14.</summary>
    public const int Counters = 1401;

    private const int Decimals = 2;

    /// <summary>The decimals of 10^−14 in 20 significant digits; every power of a pH up to 14 is a whole number of them.</summary>
    private const int IonDecimals = 34;

    /// <summary>So many powers of at most 10^34 add up within 128 bits.</summary>
    private const int MostIons = 10_000;

    private static readonly Ion?[] Kept = new Ion?[Counters];

    private readonly Span<int> _counts = counts;
    private ExactDecimal _rest;

    /// <summary>Adds the powers of values.</summary>
    public void Add(ReadOnlySpan<ExactDecimal> values)
    {
        foreach (ref readonly var value in values)
        {
            if (TryHundredths(value, out var hundredths))
            {
                _counts[hundredths]++;
            }
            else
            {
                _rest += Powers.Pow10(-value);
            }
        }
    }

    /// <summary>The exact sum of everything added.</summary>
    public readonly ExactDecimal Total()
    {
        var (total, part, ions) = (_rest, Int128.Zero, 0);
        for (var next = _counts.IndexOfAnyExcept(0); next >= 0 && next < _counts.Length; next = Next(next + 1))
        {
            if (ions + (long)_counts[next] > MostIons)
            {
                total += new ExactDecimal(part, IonDecimals);
                (part, ions) = (Int128.Zero, 0);
            }

            if (_counts[next] > MostIons)
            {
                total += ExactDecimal.From(_counts[next]) * new ExactDecimal(IonsOf(next), IonDecimals);
                continue;
            }

            part += IonsOf(next) * _counts[next];
            ions += _counts[next];
        }

        return total + new ExactDecimal(part, IonDecimals);
    }

    private readonly int Next(int from)
    {
        var more = _counts[from..].IndexOfAnyExcept(0);
        return more < 0 ? -1 : from + more;
    }

    /// <summary>The power of a hundredth, in units of the last of <see cref="IonDecimals"/>.</summary>
    private static Int128 IonsOf(int hundredths) => (Kept[hundredths] ??= Ion.Of(new ExactDecimal(hundredths, Decimals))).Amount;

    private static bool TryHundredths(in ExactDecimal pH, out int hundredths)
    {
        hundredths = 0;
        if (pH.Scale > Decimals || !pH.TryGetInt64(out var mantissa) || mantissa is < 0 or >= Counters)
        {
            return false;
        }

        hundredths = (int)mantissa * (pH.Scale == Decimals ? 1 : pH.Scale == 1 ? 10 : 100);
        return hundredths < Counters;
    }

    private sealed record Ion(Int128 Amount)
    {
        public static Ion Of(ExactDecimal pH)
        {
            var power = Powers.Pow10(-pH);
            return new Ion((Int128)(power.Mantissa * PowersOfTen.Of(IonDecimals - power.Scale)));
        }
    }
}
