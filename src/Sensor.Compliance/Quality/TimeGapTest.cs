using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>Timing and gap: a reading that came too long after the one before fails.</summary>
/// <remarks>
/// Source: QARTOD manuals, test 1. Readings are taken in the order given, so that a time that goes back shows, and fails too. A missing value
/// fills no gap. The first reading, and one after a reading without time, are not evaluated.
/// </remarks>
/// <param name="MaxGap">Milliseconds that may pass; default 2 hours.</param>
public sealed record TimeGapTest(long MaxGap = TimeGapTest.DefaultGap) : QualityTest
{
    private const long DefaultGap = 7_200_000;

    /// <inheritdoc/>
    public override string Name => "time_gap";

    /// <inheritdoc/>
    public override QualityInputs Required => QualityInputs.Times;

    /// <inheritdoc/>
    public override QualityInputs Optional => QualityInputs.Values;

    internal static TimeGapTest Read(StrictObject json) =>
        QualityReader.OptionalNumber(json, "fail_span_h", "hours from 0 to 1000000 with at most 4 decimals", n => n.Sign >= 0 && n <= ExactDecimal.From(1_000_000) && n.Scale <= 4) is { } hours
            ? new((long)(hours * ExactDecimal.From(3_600_000)).Mantissa)
            : new();

    private protected override IReadOnlyList<QualityResult> Judge(QualityInput input)
    {
        var results = new QualityResult[input.Count];
        Instant? before = null;
        var first = true;
        for (var i = 0; i < results.Length; i++)
        {
            if (input.Values is { } values && values[i] is null)
            {
                results[i] = QualityResult.Missing;
                continue;
            }

            results[i] = input.Times![i] is { } time ? Judge(before, time, first) : QualityResult.Missing;
            (before, first) = (input.Times[i], false);
        }

        return results;
    }

    private QualityResult Judge(Instant? before, Instant time, bool first)
    {
        if (before is not { } from)
        {
            return first
                ? QualityResult.NotEvaluated("the first reading has none before it", "第一条数据之前没有数据")
                : QualityResult.NotEvaluated("the reading before has no time", "前一条数据没有时间");
        }

        var gap = time.UnixMilliseconds - from.UnixMilliseconds;
        var (shown, most) = (SeriesTest.Seconds(gap), SeriesTest.Seconds(MaxGap));
        return gap < 0 ? QualityResult.Fail($"its time lies {SeriesTest.Seconds(-gap)} s before that of the reading before", $"时间比前一条数据早 {SeriesTest.Seconds(-gap)} 秒")
            : gap > MaxGap ? QualityResult.Fail($"{shown} s after the reading before, more than {most}", $"距前一条数据 {shown} 秒，超过 {most} 秒")
            : QualityResult.Pass($"{shown} s after the reading before, not more than {most}", $"距前一条数据 {shown} 秒，未超过 {most} 秒");
    }
}
