using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>Conductivity jump: a value a tenfold of the one before, or a tenth, is that of another range, unit or medium.</summary>
/// <remarks>Compared as products. Values below 0 are not evaluated: the gross range is for them. So is the first, and one after a missing value or a gap.</remarks>
/// <param name="Suspect">From this factor on, either way, a value is suspect, above 1; default 10.</param>
/// <param name="Fail">From this factor on a value fails; null for never.</param>
/// <param name="MaxGap">Milliseconds beyond which the value before does not count; null for any.</param>
public sealed record ConductivityJumpTest(ExactDecimal Suspect, ExactDecimal? Fail = null, long? MaxGap = null) : SeriesTest
{
    /// <inheritdoc/>
    public override string Name => "conductivity_jump";

    internal static ConductivityJumpTest Read(StrictObject json)
    {
        ExactDecimal? Factor(string member) => QualityReader.OptionalNumber(json, member, "a factor above 1", f => f > ExactDecimal.One);
        var test = new ConductivityJumpTest(Factor("suspect_factor") ?? ExactDecimal.From(10), Factor("fail_factor"), QualityReader.OptionalSeconds(json, "max_gap_s"));
        QualityReader.RequireOrder<ExactDecimal>(json, ("suspect_factor", test.Suspect), ("fail_factor", test.Fail));
        return test;
    }

    private protected override Func<int, QualityResult> Judge(IReadOnlyList<SeriesPoint> series) => at =>
        at == 0
            ? QualityResult.NotEvaluated("the first value of a series has none before it", "序列的第一个数值之前没有数值")
            : WithoutNeighbour(series[at], series[at - 1], MaxGap, Before) ?? Judge(series[at - 1].Value!.Value, series[at].Value!.Value);

    private QualityResult Judge(ExactDecimal before, ExactDecimal value)
    {
        var (low, high) = before < value ? (before, value) : (value, before);
        var (en, zh) = ($"{before} to {value}", $"由 {before} 变为 {value}");
        return low.Sign < 0 ? QualityResult.NotEvaluated($"{en}: conductivity below 0", $"{zh}：电导率小于 0")
            : Jumps(low, high, Fail) ? QualityResult.Fail($"{en} is a factor of {Fail} or more", $"{zh}，相差 {Fail} 倍或以上")
            : Jumps(low, high, Suspect) ? QualityResult.Suspect($"{en} is a factor of {Suspect} or more", $"{zh}，相差 {Suspect} 倍或以上")
            : QualityResult.Pass($"{en} is less than a factor of {Suspect}", $"{zh}，相差不足 {Suspect} 倍");
    }

    private static bool Jumps(ExactDecimal low, ExactDecimal high, ExactDecimal? factor) => factor is { } f && high.Sign > 0 && high >= low * f;
}
