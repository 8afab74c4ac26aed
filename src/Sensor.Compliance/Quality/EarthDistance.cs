using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Quality;

/// <summary>How the distance of two places is reckoned.</summary>
public enum DistanceMethod
{
    /// <summary>On a sphere of 6,371,000 m; up to 0.6 % off.</summary>
    Haversine,

    /// <summary>On the ellipsoid WGS 84 by Vincenty's inverse formula of 1975, about 0.5 mm.</summary>
    Wgs84,
}

/// <summary>Distances on the Earth, the same on every processor.</summary>
internal static class EarthDistance
{
    private static FixedPoint Zero => default;
    private static readonly FixedPoint One = FixedPoint.Of(1);
    private static readonly FixedPoint Two = FixedPoint.Of(2);
    private static readonly FixedPoint Flattening = One / FixedPoint.Of(ExactDecimal.Parse("298.257223563"));
    private static readonly FixedPoint Major = FixedPoint.Of(6_378_137);
    private static readonly FixedPoint Minor = Major * (One - Flattening);
    private static readonly FixedPoint Enough = FixedPoint.Of(new ExactDecimal(1, 30));

    /// <summary>Between nearly opposite places Vincenty's formula does not settle; half a meridian is then within 0.5 %.</summary>
    private static readonly ExactDecimal HalfMeridian = ExactDecimal.From(20_003_931);

    /// <summary>Metres, rounded to 6 decimals.</summary>
    public static ExactDecimal Metres((ExactDecimal Longitude, ExactDecimal Latitude) from, (ExactDecimal Longitude, ExactDecimal Latitude) to, DistanceMethod method)
    {
        var (latitude, otherLatitude) = (FixedPoint.Radians(from.Latitude), FixedPoint.Radians(to.Latitude));
        var apart = FixedPoint.Radians(to.Longitude - from.Longitude);
        return method == DistanceMethod.Haversine ? Sphere(latitude, otherLatitude, apart) : Ellipsoid(latitude, otherLatitude, apart);
    }

    private static ExactDecimal Sphere(FixedPoint latitude, FixedPoint other, FixedPoint apart)
    {
        var (dLatitude, dLongitude) = (((other - latitude) / Two).Sine(), (apart / Two).Sine());
        var half = (dLatitude * dLatitude) + (latitude.Cosine() * other.Cosine() * dLongitude * dLongitude);
        return (FixedPoint.Angle(half.Root(), (One - half).Root()) * Two * FixedPoint.Of(6_371_000)).ToExact(6);
    }

    private static ExactDecimal Ellipsoid(FixedPoint latitude, FixedPoint other, FixedPoint apart)
    {
        var (sin1, cos1) = Reduced(latitude);
        var (sin2, cos2) = Reduced(other);
        var lambda = apart;
        for (var round = 0; round < 100; round++)
        {
            var (cross, along) = (cos2 * lambda.Sine(), (cos1 * sin2) - (sin1 * cos2 * lambda.Cosine()));
            var sine = ((cross * cross) + (along * along)).Root();
            if (sine < Enough)
            {
                // The same place, or exactly opposite ones.
                return (sin1 * sin2) + (cos1 * cos2 * lambda.Cosine()) > Zero ? ExactDecimal.Zero : HalfMeridian;
            }

            var arc = new Arc(sine, (sin1 * sin2) + (cos1 * cos2 * lambda.Cosine()), cos1 * cos2 * lambda.Sine() / sine, sin1 * sin2);
            var next = apart + arc.Correction;
            if ((next - lambda).Abs() < Enough)
            {
                return arc.Length.ToExact(6);
            }

            lambda = next;
        }

        return HalfMeridian;
    }

    /// <summary>Sine and cosine of the latitude on the auxiliary sphere.</summary>
    private static (FixedPoint Sine, FixedPoint Cosine) Reduced(FixedPoint latitude)
    {
        var (y, x) = ((One - Flattening) * latitude.Sine(), latitude.Cosine());
        var length = ((x * x) + (y * y)).Root();
        return (y / length, x / length);
    }

    /// <summary>An arc on the auxiliary sphere, in the letters of Vincenty's paper.</summary>
    private readonly struct Arc
    {
        private readonly FixedPoint _sine, _cosine, _sigma, _sinAlpha, _cosSqAlpha, _cos2M;

        public Arc(FixedPoint sine, FixedPoint cosine, FixedPoint sinAlpha, FixedPoint product)
        {
            (_sine, _cosine, _sinAlpha, _sigma) = (sine, cosine, sinAlpha, FixedPoint.Angle(sine, cosine));
            _cosSqAlpha = One - (sinAlpha * sinAlpha);
            _cos2M = _cosSqAlpha < Enough ? Zero : cosine - (Two * product / _cosSqAlpha);
        }

        private FixedPoint Twist => (Two * _cos2M * _cos2M) - One;

        /// <summary>What to add to the difference of longitudes.</summary>
        public FixedPoint Correction
        {
            get
            {
                var c = Flattening / FixedPoint.Of(16) * _cosSqAlpha * (FixedPoint.Of(4) + (Flattening * (FixedPoint.Of(4) - (FixedPoint.Of(3) * _cosSqAlpha))));
                return (One - c) * Flattening * _sinAlpha * (_sigma + (c * _sine * (_cos2M + (c * _cosine * Twist))));
            }
        }

        /// <summary>Metres along the ellipsoid.</summary>
        public FixedPoint Length
        {
            get
            {
                var u = _cosSqAlpha * ((Major * Major) - (Minor * Minor)) / (Minor * Minor);
                var a = One + (u / FixedPoint.Of(16384) * (FixedPoint.Of(4096) + (u * (FixedPoint.Of(-768) + (u * (FixedPoint.Of(320) - (FixedPoint.Of(175) * u)))))));
                var b = u / FixedPoint.Of(1024) * (FixedPoint.Of(256) + (u * (FixedPoint.Of(-128) + (u * (FixedPoint.Of(74) - (FixedPoint.Of(47) * u))))));
                var inner = b / FixedPoint.Of(6) * _cos2M * (FixedPoint.Of(-3) + (FixedPoint.Of(4) * _sine * _sine)) * (FixedPoint.Of(-3) + (FixedPoint.Of(4) * _cos2M * _cos2M));
                return Minor * a * (_sigma - (b * _sine * (_cos2M + (b / FixedPoint.Of(4) * ((_cosine * Twist) - inner)))));
            }
        }
    }
}
