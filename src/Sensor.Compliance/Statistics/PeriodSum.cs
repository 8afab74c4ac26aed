using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Statistics;

/// <summary>
/// How many values of a parameter a span of days has and what they add up to: everything that its mean needs. Sums are exact, so those of
/// months add up to that of their year, digit for digit.
/// </summary>
/// <param name="Count">The number of values.</param>
/// <param name="Sum">Their exact sum.</param>
/// <param name="Ions">For pH the exact sum of 10^−pH, each power rounded to 20 significant digits; 0 for all others.</param>
internal readonly record struct PeriodSum(int Count, ExactDecimal Sum, ExactDecimal Ions)
{
    /// <summary>The sum over those of some days that have enough values to count.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="days">The days.</param>
    /// <param name="perDay">Values that make a day count.</param>
    /// <param name="counting">The number of days that count.</param>
    public static PeriodSum Of(
        AgreedParameter parameter, ReadOnlySpan<KeyValuePair<DateOnly, ArraySegment<ExactDecimal>>> days, int perDay, out int counting)
    {
        var count = 0;
        var sum = new ExactSum(stackalloc long[ExactSum.Counters]);
        var ions = new HydrogenIons(parameter.IsPH ? stackalloc int[HydrogenIons.Counters] : []);
        counting = 0;
        foreach (ref readonly var day in days)
        {
            var values = day.Value.AsSpan();
            if (values.Length < perDay)
            {
                continue;
            }

            (count, counting) = (count + values.Length, counting + 1);
            sum.Add(values);
            if (parameter.IsPH)
            {
                ions.Add(values);
            }
        }

        return new PeriodSum(count, sum.Total(), ions.Total());
    }

    /// <summary>The mean, one quotient, for pH through the hydrogen ion; null where there are no values.</summary>
    public ExactDecimal? MeanOf(AgreedParameter parameter) => Count == 0
        ? null
        : parameter.IsPH
            ? PhMean.Of(Count, Ions)
            : ExactDecimal.Quotient(Sum, ExactDecimal.From(Count));

    /// <summary>The sum over both spans.</summary>
    public static PeriodSum operator +(PeriodSum left, PeriodSum right) => new(left.Count + right.Count, left.Sum + right.Sum, left.Ions + right.Ions);
}
