using System.Numerics;
using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>Percentile range: what lies beyond two percentiles of the series itself is suspect.</summary>
/// <remarks>
/// A percentile p of n present values stands at place p ÷ 100 · (n − 1) of the ascending values, between two of them in proportion; exact.
/// Some values of every series lie there: the test points at what to look at. Source: ioos_qc; the QARTOD manuals have no such test.
/// </remarks>
/// <param name="Low">The lower percentile, 0 to 100; default 5.</param>
/// <param name="High">The upper percentile, not below the lower; default 95.</param>
/// <param name="Pad">By how much both bounds are widened, in the unit of the values; default 0.</param>
public sealed record PercentileRangeTest(ExactDecimal Low, ExactDecimal High, ExactDecimal Pad) : SeriesTest
{
    private static readonly ExactDecimal Hundredth = new(1, 2);

    /// <inheritdoc/>
    public override string Name => "percentile_range";

    /// <inheritdoc/>
    public override QualityInputs Required => QualityInputs.Values;

    /// <inheritdoc/>
    public override QualityInputs Optional => QualityInputs.Times;

    internal static PercentileRangeTest Read(StrictObject json)
    {
        var hundred = ExactDecimal.From(100);
        ExactDecimal Percentile(string member, long fallback) =>
            QualityReader.OptionalNumber(json, member, "a percentile from 0 to 100", p => p.Sign >= 0 && p <= hundred) ?? ExactDecimal.From(fallback);

        var test = new PercentileRangeTest(Percentile("low_percentile", 5), Percentile("hi_percentile", 95), QualityReader.OptionalThreshold(json, "pad") ?? ExactDecimal.Zero);
        QualityReader.RequireOrder<ExactDecimal>(json, ("low_percentile", test.Low), ("hi_percentile", test.High));
        return test;
    }

    private protected override Func<int, QualityResult> Judge(IReadOnlyList<SeriesPoint> series)
    {
        var ascending = series.Where(p => p.Value is not null).Select(p => p.Value!.Value).Order().ToList();
        if (ascending.Count == 0)
        {
            return _ => QualityResult.Missing;
        }

        var bounds = new Span(Percentile(ascending, Low) - Pad, Percentile(ascending, High) + Pad);
        return at =>
        {
            var value = series[at].Value!.Value;
            return bounds.Holds(value)
                ? QualityResult.Pass($"{value} is inside {bounds}, percentiles {Low} and {High} widened by {Pad}", $"{value} 在 {bounds} 之内（第 {Low} 与第 {High} 百分位，放宽 {Pad}）")
                : QualityResult.Suspect($"{value} is outside {bounds}, percentiles {Low} and {High} widened by {Pad}", $"{value} 超出 {bounds}（第 {Low} 与第 {High} 百分位，放宽 {Pad}）");
        };
    }

    private static ExactDecimal Percentile(List<ExactDecimal> ascending, ExactDecimal percent)
    {
        var place = percent * Hundredth * ExactDecimal.From(ascending.Count - 1);
        var below = (int)(place.Mantissa / BigInteger.Pow(10, place.Scale));
        var above = int.Min(below + 1, ascending.Count - 1);
        return ascending[below] + ((place - ExactDecimal.From(below)) * (ascending[above] - ascending[below]));
    }
}
