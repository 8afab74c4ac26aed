using System.Numerics;
using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Quality;

/// <summary>A number with 40 decimals on a whole number, for distances on the Earth: every processor gives the same digits.</summary>
/// <remarks>Each operation rounds towards zero in the 40th decimal; some hundred of them leave more than 30 decimals right.</remarks>
/// <param name="Raw">The number times 10^40.</param>
internal readonly record struct FixedPoint(BigInteger Raw)
{
    private const int Decimals = 40;
    private static readonly BigInteger Unit = BigInteger.Pow(10, Decimals);

    /// <summary>π, by Machin's formula.</summary>
    public static FixedPoint Pi { get; } = (ArcTangentSeries(Of(1) / Of(5)) * Of(16)) - (ArcTangentSeries(Of(1) / Of(239)) * Of(4));

    public static FixedPoint Of(ExactDecimal number) => new(number.Mantissa * Unit / BigInteger.Pow(10, number.Scale));

    public static FixedPoint Of(long number) => new(number * Unit);

    public static FixedPoint Radians(ExactDecimal degrees) => Of(degrees) * Pi / Of(180);

    public FixedPoint Abs() => new(BigInteger.Abs(Raw));

    public FixedPoint Root()
    {
        if (Raw.Sign <= 0)
        {
            return default;
        }

        var square = Raw * Unit;
        var root = BigInteger.One << (int)((square.GetBitLength() + 1) / 2);
        for (var next = (root + (square / root)) >> 1; next < root; next = (root + (square / root)) >> 1)
        {
            root = next;
        }

        return new FixedPoint(root);
    }

    public FixedPoint Sine()
    {
        var turn = BigInteger.Remainder(Raw, Pi.Raw * 2);
        var term = new FixedPoint(turn);
        var (sum, square) = (term, term * term);
        for (var n = 2; !term.Raw.IsZero; n += 2)
        {
            term = new FixedPoint(-(term * square).Raw / (n * (n + 1)));
            sum += term;
        }

        return sum;
    }

    public FixedPoint Cosine() => (this + (Pi / Of(2))).Sine();

    /// <summary>The angle of the point (x, y), from −π to π.</summary>
    public static FixedPoint Angle(FixedPoint y, FixedPoint x)
    {
        var length = ((x * x) + (y * y)).Root();
        if (length.Raw.IsZero)
        {
            return default;
        }

        // The half angle's tangent is y ÷ (length + x); turning to the larger divisor keeps it at most 1.
        return x.Raw.Sign >= 0
            ? HalfTangent(y / (length + x))
            : (y.Raw.Sign < 0 ? Of(0) - Pi : Pi) - HalfTangent(y / (length - x));
    }

    public ExactDecimal ToExact(int decimals) => new ExactDecimal(Raw, Decimals).RoundHalfEven(decimals);

    public static FixedPoint operator +(FixedPoint left, FixedPoint right) => new(left.Raw + right.Raw);

    public static FixedPoint operator -(FixedPoint left, FixedPoint right) => new(left.Raw - right.Raw);

    public static FixedPoint operator *(FixedPoint left, FixedPoint right) => new(left.Raw * right.Raw / Unit);

    public static bool operator <(FixedPoint left, FixedPoint right) => left.Raw < right.Raw;

    public static bool operator >(FixedPoint left, FixedPoint right) => left.Raw > right.Raw;

    public static FixedPoint operator /(FixedPoint left, FixedPoint right) => new(left.Raw * Unit / right.Raw);

    private static FixedPoint HalfTangent(FixedPoint tangent)
    {
        // Halving the angle twice more brings the tangent below 0.2, where the series is short.
        for (var halvings = 0; halvings < 2; halvings++)
        {
            tangent /= Of(1) + (Of(1) + (tangent * tangent)).Root();
        }

        return ArcTangentSeries(tangent) * Of(8);
    }

    private static FixedPoint ArcTangentSeries(FixedPoint x)
    {
        var (power, sum, square) = (x, x, x * x);
        for (var n = 3; !power.Raw.IsZero; n += 2)
        {
            power = new FixedPoint(-(power * square).Raw);
            sum += new FixedPoint(power.Raw / n);
        }

        return sum;
    }
}
