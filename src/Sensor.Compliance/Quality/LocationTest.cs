using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>Location: a position that cannot be fails, one too far from the position before is suspect.</summary>
/// <remarks>Source: QARTOD manuals, test 3. Half a position fails. After a missing or impossible position the distance is not evaluated.</remarks>
/// <param name="MaxRange">The largest distance from the position before, in metres; null for any.</param>
/// <param name="Method">How the distance is reckoned; default haversine.</param>
public sealed record LocationTest(ExactDecimal? MaxRange = null, DistanceMethod Method = DistanceMethod.Haversine) : QualityTest
{
    private static readonly Span Longitudes = new(ExactDecimal.From(-180), ExactDecimal.From(180));
    private static readonly Span Latitudes = new(ExactDecimal.From(-90), ExactDecimal.From(90));

    /// <inheritdoc/>
    public override string Name => "location";

    /// <inheritdoc/>
    public override QualityInputs Required => QualityInputs.Positions;

    internal static LocationTest Read(StrictObject json) => new(
        QualityReader.OptionalThreshold(json, "range_max_m"),
        json.Word("range_method", ["haversine", "wgs84"], "haversine") == "wgs84" ? DistanceMethod.Wgs84 : DistanceMethod.Haversine);

    private protected override IReadOnlyList<QualityResult> Judge(QualityInput input) =>
        [.. Enumerable.Range(0, input.Count).Select(at => Judge(input.Longitudes!, input.Latitudes!, at))];

    private QualityResult Judge(IReadOnlyList<ExactDecimal?> longitudes, IReadOnlyList<ExactDecimal?> latitudes, int at)
    {
        if ((longitudes[at] ?? latitudes[at]) is null)
        {
            return QualityResult.Missing;
        }

        if (longitudes[at] is not { } longitude || latitudes[at] is not { } latitude)
        {
            return QualityResult.Fail("half of the position is missing", "位置缺少经度或纬度");
        }

        var (en, zh) = ($"longitude {longitude}, latitude {latitude}", $"经度 {longitude}，纬度 {latitude}");
        return !Longitudes.Holds(longitude) || !Latitudes.Holds(latitude)
            ? QualityResult.Fail($"{en} is outside {Longitudes} and {Latitudes}", $"{zh} 超出 {Longitudes} 与 {Latitudes}")
            : MaxRange is not { } most || at == 0
                ? QualityResult.Pass($"{en} is possible", $"{zh} 在可能范围内")
                : Distance(longitudes[at - 1], latitudes[at - 1], (longitude, latitude), most);
    }

    private QualityResult Distance(ExactDecimal? longitude, ExactDecimal? latitude, (ExactDecimal Longitude, ExactDecimal Latitude) to, ExactDecimal most)
    {
        if (longitude is not { } x || latitude is not { } y || !Longitudes.Holds(x) || !Latitudes.Holds(y))
        {
            return QualityResult.NotEvaluated("the position before is missing or impossible", "前一个位置缺失或不可能");
        }

        var metres = EarthDistance.Metres((x, y), to, Method);
        return metres > most
            ? QualityResult.Suspect($"{metres} m from the position before, more than {most}", $"距前一个位置 {metres} 米，超过 {most} 米")
            : QualityResult.Pass($"{metres} m from the position before, not more than {most}", $"距前一个位置 {metres} 米，未超过 {most} 米");
    }
}
