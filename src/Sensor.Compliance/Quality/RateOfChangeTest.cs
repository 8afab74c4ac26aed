using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>Rate of change: a value that moved away from the one before faster than a threshold.</summary>
/// <remarks>
/// Source: QARTOD manuals, test 7; the threshold is stated per second, not as a multiple of a standard deviation that the faults themselves widen.
/// The first value of a series has nothing to differ from and passes; a value after a missing one or a gap is not evaluated.
/// </remarks>
/// <param name="Suspect">Above this a value is suspect.</param>
/// <param name="Fail">Above this a value fails; null for never.</param>
/// <param name="MaxGap">Milliseconds beyond which the value before does not count; null for any.</param>
public sealed record RateOfChangeTest(Rate Suspect, Rate? Fail = null, long? MaxGap = null) : SeriesTest
{
    /// <inheritdoc/>
    public override string Name => "rate_of_change";

    internal static RateOfChangeTest Read(StrictObject json)
    {
        // What the threshold was meant to be, in words: for readers.
        json.OptionalText("threshold_text");
        var test = new RateOfChangeTest(Rate.Read(json, "threshold_per_second"), Rate.ReadOptional(json, "fail_threshold_per_second"), QualityReader.OptionalSeconds(json, "max_gap_s"));
        QualityReader.RequireOrder<ExactDecimal>(json, ("threshold_per_second", test.Suspect.PerSecond), ("fail_threshold_per_second", test.Fail?.PerSecond));
        return test;
    }

    private protected override Func<int, QualityResult> Judge(IReadOnlyList<SeriesPoint> series) => at =>
        at == 0
            ? QualityResult.Pass("the first value of a series has none before it to differ from", "序列的第一个数值之前没有可比较的数值")
            : WithoutNeighbour(series[at], series[at - 1], MaxGap, Before) ?? Judge(series[at - 1], series[at]);

    private QualityResult Judge(SeriesPoint before, SeriesPoint point)
    {
        var (from, to) = (before.Value!.Value, point.Value!.Value);
        var span = point.Since(before);
        var (en, zh) = ($"{from} to {to} in {Seconds(span)} s", $"{Seconds(span)} 秒内由 {from} 变为 {to}");
        return Fail?.IsExceededBy(to - from, span) == true ? QualityResult.Fail($"{en} is faster than {Fail} per second", $"{zh}，快于每秒 {Fail}")
            : Suspect.IsExceededBy(to - from, span) ? QualityResult.Suspect($"{en} is faster than {Suspect} per second", $"{zh}，快于每秒 {Suspect}")
            : QualityResult.Pass($"{en} is not faster than {Suspect} per second", $"{zh}，不快于每秒 {Suspect}");
    }
}
