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
    /// <summary>The sum over days.</summary>
    public static PeriodSum Of(AgreedParameter parameter, IReadOnlyList<ArraySegment<ExactDecimal>> days)
    {
        var count = 0;
        var sum = new ExactSum(stackalloc long[ExactSum.Counters]);
        foreach (var day in days)
        {
            count += day.Count;
            sum.Add(day);
        }

        return new PeriodSum(count, sum.Total(), parameter.IsPH ? HydrogenIons.Sum(days.SelectMany(d => d)) : ExactDecimal.Zero);
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
