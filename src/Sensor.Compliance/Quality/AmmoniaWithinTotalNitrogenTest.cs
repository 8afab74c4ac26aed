using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>Ammonia nitrogen is a part of total nitrogen and cannot be more; more than both methods' uncertainty explains fails.</summary>
/// <remarks>The partner is total nitrogen of the same water, in the same unit.</remarks>
/// <param name="Tolerance">By how much ammonia may stand above total nitrogen and be only suspect, 0 or more; default 0.</param>
public sealed record AmmoniaWithinTotalNitrogenTest(ExactDecimal Tolerance = default) : SeriesTest
{
    /// <inheritdoc/>
    public override string Name => "ammonia_within_total_nitrogen";

    /// <inheritdoc/>
    public override QualityInputs Required => QualityInputs.Values | QualityInputs.Partner;

    /// <inheritdoc/>
    public override QualityInputs Optional => QualityInputs.Times;

    internal static AmmoniaWithinTotalNitrogenTest Read(StrictObject json) => new(QualityReader.OptionalThreshold(json, "tolerance") ?? ExactDecimal.Zero);

    private protected override Func<int, QualityResult> Judge(IReadOnlyList<SeriesPoint> series) => at =>
    {
        var ammonia = series[at].Value!.Value;
        if (series[at].Partner is not { } total)
        {
            return QualityResult.NotEvaluated("total nitrogen has no value", "总氮没有数值");
        }

        var (en, zh) = ($"ammonia nitrogen {ammonia}, total nitrogen {total}", $"氨氮 {ammonia}，总氮 {total}");
        return ammonia <= total ? QualityResult.Pass($"{en}: not above", $"{zh}：未超过")
            : ammonia <= total + Tolerance ? QualityResult.Suspect($"{en}: above, by not more than {Tolerance}", $"{zh}：超过，但不多于 {Tolerance}")
            : QualityResult.Fail($"{en}: above by more than {Tolerance}", $"{zh}：超过 {Tolerance} 以上");
    };
}
