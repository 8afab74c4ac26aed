using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Statistics;

/// <summary>
/// The sum of 10^−pH over values. A power costs far more than a product, and pH comes in hundredths: equal values are counted first, and the
/// power of each hundredth is kept once computed. What is kept changes no result. Thread-safe.
/// </summary>
internal static class HydrogenIons
{
    private const int Decimals = 2;
    private const int MostHundredths = 1400;
    private static readonly Ion?[] Kept = new Ion?[MostHundredths + 1];

    /// <summary>The exact sum of the powers, each rounded to 20 significant digits.</summary>
    public static ExactDecimal Sum(IEnumerable<ExactDecimal> values)
    {
        Span<int> counts = stackalloc int[MostHundredths + 1];
        var sum = ExactDecimal.Zero;
        foreach (var value in values)
        {
            if (TryHundredths(value, out var hundredths))
            {
                counts[hundredths]++;
            }
            else
            {
                sum += Powers.Pow10(-value);
            }
        }

        return sum + OfHundredths(counts);
    }

    private static ExactDecimal OfHundredths(ReadOnlySpan<int> counts)
    {
        var sum = ExactDecimal.Zero;
        for (var hundredths = counts.IndexOfAnyExcept(0); hundredths >= 0 && hundredths < counts.Length; hundredths++)
        {
            if (counts[hundredths] > 0)
            {
                sum += ExactDecimal.From(counts[hundredths]) * OfHundredths(hundredths);
            }
        }

        return sum;
    }

    private static ExactDecimal OfHundredths(int hundredths) =>
        (Kept[hundredths] ??= new Ion(Powers.Pow10(-new ExactDecimal(hundredths, Decimals)))).Amount;

    private static bool TryHundredths(ExactDecimal pH, out int hundredths)
    {
        hundredths = 0;
        if (pH.Scale > Decimals || !pH.TryGetInt64(out var mantissa) || mantissa is < 0 or > MostHundredths)
        {
            return false;
        }

        hundredths = (int)mantissa * (pH.Scale == Decimals ? 1 : pH.Scale == 1 ? 10 : 100);
        return hundredths <= MostHundredths;
    }

    private sealed record Ion(ExactDecimal Amount);
}
