using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>How a spike is measured.</summary>
public enum SpikeMethod
{
    /// <summary>The distance from the mean of both neighbours.</summary>
    Average,

    /// <summary>The smaller of the steps from and to the neighbours, where they go in opposite directions; otherwise 0.</summary>
    Differential,
}

/// <summary>Spike: a value that stands out from both its neighbours by more than a threshold.</summary>
/// <remarks>Source: QARTOD manuals, test 6. The first and the last value, and those beside a missing one or a gap, are not evaluated.</remarks>
/// <param name="Suspect">Above this a value is suspect; null for never.</param>
/// <param name="Fail">Above this a value fails; null for never.</param>
/// <param name="Method">How a spike is measured; default average.</param>
/// <param name="MaxGap">Milliseconds beyond which a neighbour does not count; null for any.</param>
public sealed record SpikeTest(ExactDecimal? Suspect, ExactDecimal? Fail, SpikeMethod Method = SpikeMethod.Average, long? MaxGap = null) : SeriesTest
{
    private static readonly ExactDecimal OneHalf = new(5, 1);

    /// <inheritdoc/>
    public override string Name => "spike";

    /// <inheritdoc/>
    public override QualityInputs Required => QualityInputs.Values;

    /// <inheritdoc/>
    public override QualityInputs Optional => QualityInputs.Times;

    internal static SpikeTest Read(StrictObject json)
    {
        var test = new SpikeTest(
            QualityReader.OptionalThreshold(json, "suspect_threshold"),
            QualityReader.OptionalThreshold(json, "fail_threshold"),
            json.Word("method", ["average", "differential"], "average") == "average" ? SpikeMethod.Average : SpikeMethod.Differential,
            QualityReader.OptionalSeconds(json, "max_gap_s"));
        QualityReader.RequireOneOf(json, "suspect_threshold", "fail_threshold");
        QualityReader.RequireOrder(json, ("suspect_threshold", test.Suspect), ("fail_threshold", test.Fail));
        return test;
    }

    private protected override Func<int, QualityResult> Judge(IReadOnlyList<SeriesPoint> series) => at =>
    {
        if (at == 0 || at == series.Count - 1)
        {
            return QualityResult.NotEvaluated("a spike needs a value on both sides", "判断尖峰需要前后两侧均有数值");
        }

        return WithoutNeighbour(series[at], series[at - 1], MaxGap, Before)
            ?? WithoutNeighbour(series[at], series[at + 1], MaxGap, After)
            ?? Judge(series[at - 1].Value!.Value, series[at].Value!.Value, series[at + 1].Value!.Value);
    };

    private QualityResult Judge(ExactDecimal before, ExactDecimal value, ExactDecimal after)
    {
        var height = Method == SpikeMethod.Average ? (value - ((before + after) * OneHalf)).Abs() : Opposite(value - before, after - value);
        var numbers = $"{before}, {value}, {after}";
        return height > Fail ? QualityResult.Fail($"{numbers}: the spike of {height} is above {Fail}", $"{numbers}：尖峰 {height} 高于 {Fail}")
            : height > Suspect ? QualityResult.Suspect($"{numbers}: the spike of {height} is above {Suspect}", $"{numbers}：尖峰 {height} 高于 {Suspect}")
            : QualityResult.Pass($"{numbers}: the spike of {height} is not above {Suspect ?? Fail}", $"{numbers}：尖峰 {height} 未高于 {Suspect ?? Fail}");
    }

    private static ExactDecimal Opposite(ExactDecimal there, ExactDecimal back) =>
        there.Sign * back.Sign >= 0 ? ExactDecimal.Zero : there.Abs() < back.Abs() ? there.Abs() : back.Abs();
}
