using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Statistics;

/// <summary>
/// The mean of pH values through the hydrogen ion: −log10 of the mean of 10^−pH, because pH is itself a logarithm.
/// Source: 总站水字〔2020〕90号, mean of pH.
/// </summary>
/// <remarks>
/// It is computed as log10(n ÷ Σ 10^−pH), the same number written so that the quotient's 20 decimals stand behind
/// a large number and not behind a small one: the mean of equal values of pH 1 or more is that value, digit for digit.
/// </remarks>
public static class PhMean
{
    /// <summary>The mean, correct to 18 decimals or more for pH 1 to 14; not rounded to any reporting decimals.</summary>
    /// <param name="values">pH values, at least one, in any order.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static ExactDecimal Of(IReadOnlyCollection<ExactDecimal> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("A mean needs at least one value.", nameof(values));
        }

        var ions = new HydrogenIons(stackalloc int[HydrogenIons.Counters]);
        ions.Add(values.ToArray());
        return Of(values.Count, ions.Total());
    }

    /// <summary>The mean of so many values whose powers 10^−pH add up to <paramref name="ions"/>.</summary>
    internal static ExactDecimal Of(int count, ExactDecimal ions) => Powers.Log10(ExactDecimal.Quotient(ExactDecimal.From(count), ions));
}
