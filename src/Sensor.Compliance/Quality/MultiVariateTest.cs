using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>Multi-variate: a value that changed fast while a variable that should have changed with it did not is suspect.</summary>
/// <remarks>
/// Source: QARTOD manuals, test 9, such as dissolved oxygen with temperature. Without the partner at both times it is not evaluated, unless the value
/// itself changed slowly.
/// </remarks>
/// <param name="Threshold">Above this the value changed fast.</param>
/// <param name="PartnerThreshold">Above this the partner changed with it.</param>
/// <param name="MaxGap">Milliseconds beyond which the point before does not count; null for any.</param>
public sealed record MultiVariateTest(Rate Threshold, Rate PartnerThreshold, long? MaxGap = null) : SeriesTest
{
    /// <inheritdoc/>
    public override string Name => "multi_variate";

    /// <inheritdoc/>
    public override QualityInputs Required => QualityInputs.Values | QualityInputs.Times | QualityInputs.Partner;

    internal static MultiVariateTest Read(StrictObject json) => new(
        Rate.Read(json, "threshold_per_second"), Rate.Read(json, "partner_threshold_per_second"), QualityReader.OptionalSeconds(json, "max_gap_s"));

    private protected override Func<int, QualityResult> Judge(IReadOnlyList<SeriesPoint> series) => at =>
        at == 0
            ? QualityResult.NotEvaluated("the first value of a series has none before it", "序列的第一个数值之前没有数值")
            : WithoutNeighbour(series[at], series[at - 1], MaxGap, Before) ?? Judge(series[at - 1], series[at]);

    private QualityResult Judge(SeriesPoint before, SeriesPoint point)
    {
        var (from, to, span) = (before.Value!.Value, point.Value!.Value, point.Since(before));
        var (en, zh) = ($"{from} to {to} in {Seconds(span)} s", $"{Seconds(span)} 秒内由 {from} 变为 {to}");
        if (!Threshold.IsExceededBy(to - from, span))
        {
            return QualityResult.Pass($"{en} is not faster than {Threshold} per second", $"{zh}，不快于每秒 {Threshold}");
        }

        if (before.Partner is not { } partnerFrom || point.Partner is not { } partnerTo)
        {
            return QualityResult.NotEvaluated($"{en}, but the partner is missing", $"{zh}，但关联参数缺失");
        }

        var (partnerEn, partnerZh) = ($"{en} while the partner went from {partnerFrom} to {partnerTo}", $"{zh}，关联参数由 {partnerFrom} 变为 {partnerTo}");
        return PartnerThreshold.IsExceededBy(partnerTo - partnerFrom, span)
            ? QualityResult.Pass($"{partnerEn}, faster than {PartnerThreshold} per second", $"{partnerZh}，快于每秒 {PartnerThreshold}")
            : QualityResult.Suspect($"{partnerEn}, not faster than {PartnerThreshold} per second", $"{partnerZh}，不快于每秒 {PartnerThreshold}");
    }
}
