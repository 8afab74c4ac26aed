using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>Neighbour: a value too far from that of a neighbouring section is suspect.</summary>
/// <remarks>
/// Source: QARTOD manuals, test 11. Two sections never carry the same water, so the test knows no fail. Which value of the neighbour belongs to which
/// of ours, such as the one a travel time earlier, is for the caller to say.
/// </remarks>
/// <param name="Threshold">The largest difference that passes, in the unit of the values.</param>
public sealed record NeighbourTest(ExactDecimal Threshold) : SeriesTest
{
    /// <inheritdoc/>
    public override string Name => "neighbour";

    /// <inheritdoc/>
    public override QualityInputs Required => QualityInputs.Values | QualityInputs.Partner;

    /// <inheritdoc/>
    public override QualityInputs Optional => QualityInputs.Times;

    internal static NeighbourTest Read(StrictObject json) => new(QualityReader.Threshold(json, "suspect_threshold"));

    private protected override Func<int, QualityResult> Judge(IReadOnlyList<SeriesPoint> series) => at =>
    {
        var value = series[at].Value!.Value;
        if (series[at].Partner is not { } neighbour)
        {
            return QualityResult.NotEvaluated("the neighbour has no value", "邻近断面没有数值");
        }

        var difference = (value - neighbour).Abs();
        return difference > Threshold
            ? QualityResult.Suspect($"{value} differs from the neighbour's {neighbour} by {difference}, more than {Threshold}", $"{value} 与邻近断面的 {neighbour} 相差 {difference}，超过 {Threshold}")
            : QualityResult.Pass($"{value} differs from the neighbour's {neighbour} by {difference}, not more than {Threshold}", $"{value} 与邻近断面的 {neighbour} 相差 {difference}，未超过 {Threshold}");
    };
}
