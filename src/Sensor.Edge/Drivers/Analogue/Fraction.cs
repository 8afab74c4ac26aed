using System.Numerics;
using Sensor.Contracts;

namespace Sensor.Edge.Drivers.Analogue;

/// <summary>An exact fraction of whole numbers, so that a conversion is rounded once, at its end.</summary>
/// <remarks>Immutable and thread-safe. Only <see cref="Compare"/> compares amounts: a fraction is not reduced.</remarks>
internal sealed class Fraction
{
    private readonly BigInteger _numerator;
    private readonly BigInteger _denominator;

    /// <exception cref="DivideByZeroException">The denominator is 0.</exception>
    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException();
        }

        (_numerator, _denominator) = (numerator * denominator.Sign, BigInteger.Abs(denominator));
    }

    public static Fraction Of(MeasuredValue value) => new(value.Mantissa, BigInteger.Pow(10, -value.Exponent));

    public static Fraction operator +(Fraction a, Fraction b) => new((a._numerator * b._denominator) + (b._numerator * a._denominator), a._denominator * b._denominator);

    public static Fraction operator -(Fraction a, Fraction b) => new((a._numerator * b._denominator) - (b._numerator * a._denominator), a._denominator * b._denominator);

    public static Fraction operator *(Fraction a, Fraction b) => new(a._numerator * b._numerator, a._denominator * b._denominator);

    public static Fraction operator /(Fraction a, Fraction b) => new(a._numerator * b._denominator, a._denominator * b._numerator);

    public static int Compare(Fraction a, Fraction b) => (a._numerator * b._denominator).CompareTo(b._numerator * a._denominator);

    /// <summary>The value with some decimals, half to even; null where it needs more digits than a measured value has.</summary>
    public MeasuredValue? Round(int decimals)
    {
        var whole = BigInteger.DivRem(_numerator * BigInteger.Pow(10, decimals), _denominator, out var rest);
        var half = (BigInteger.Abs(rest) * 2).CompareTo(_denominator);
        if (half > 0 || (half == 0 && !whole.IsEven))
        {
            whole += _numerator.Sign;
        }

        return BigInteger.Abs(whole) <= MeasuredValue.MaxMantissa ? new MeasuredValue((long)whole, -decimals) : null;
    }
}
