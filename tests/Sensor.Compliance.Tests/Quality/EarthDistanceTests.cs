using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Quality;

namespace Sensor.Compliance.Tests.Quality;

public sealed class EarthDistanceTests
{
    /// <summary>
    /// Flinders Peak to Buninyong, 54,972.271 m on GRS 80, from which WGS 84 differs by less than a micrometre here: the worked example of
    /// Geocentric Datum of Australia Technical Manual, version 2.4, chapter 4.
    /// </summary>
    [Fact]
    public void Metres_FlindersPeakToBuninyong_IsThePublishedLength() =>
        Assert.Equal("54972.271", EarthDistance.Metres(
            (Degrees(144, 25, "29.52440"), -Degrees(37, 57, "3.72030")), (Degrees(143, 55, "35.38390"), -Degrees(37, 39, "10.15610")), DistanceMethod.Wgs84).RoundHalfEven(3).ToString());

    /// <summary>A degree of the equator; a meridian, which numerical integration gives as 19,892,237.593711 m; one place; opposite places.</summary>
    [Theory]
    [InlineData("0", "0", "1", "0", "111319.490793")]
    [InlineData("0", "-89", "0", "90", "19892237.593709")]
    [InlineData("0", "-90", "0", "90", "20003931")]
    [InlineData("7", "50", "7", "50", "0")]
    [InlineData("0", "0", "180", "0", "20003931")]
    [InlineData("0", "0", "179.9", "0.1", "20003931")]
    [InlineData("180", "10", "-180", "10", "0")]
    public void Metres_OnTheEllipsoid_AreKnownLengths(string longitude, string latitude, string toLongitude, string toLatitude, string metres) =>
        Assert.Equal(metres, Metres(longitude, latitude, toLongitude, toLatitude, DistanceMethod.Wgs84));

    [Theory]
    [InlineData("0", "0", "180", "0", "20015086.796021")]
    [InlineData("0", "0", "0", "90", "10007543.39801")]
    [InlineData("16.3208847", "55.54106522", "16.25503349", "55.49047089", "6988.362064")]
    public void Metres_OnTheSphere_AreKnownLengths(string longitude, string latitude, string toLongitude, string toLatitude, string metres) =>
        Assert.Equal(metres, Metres(longitude, latitude, toLongitude, toLatitude, DistanceMethod.Haversine));

    [Fact]
    public void Pi_HasMoreThanThirtyRightDecimals() =>
        Assert.Equal("3.14159265358979323846264338327950288", FixedPoint.Pi.ToExact(35).ToString());

    private static string Metres(string longitude, string latitude, string toLongitude, string toLatitude, DistanceMethod method) =>
        EarthDistance.Metres((Some.Number(longitude), Some.Number(latitude)), (Some.Number(toLongitude), Some.Number(toLatitude)), method).ToString();

    private static ExactDecimal Degrees(int degrees, int minutes, string seconds) =>
        ExactDecimal.Quotient(ExactDecimal.From((degrees * 3600) + (minutes * 60)) + Some.Number(seconds), ExactDecimal.From(3600));
}
