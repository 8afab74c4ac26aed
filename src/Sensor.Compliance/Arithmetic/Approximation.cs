using System.Numerics;

namespace Sensor.Compliance.Arithmetic;

/// <summary>
/// A number that is known to lie within <see cref="Error"/> of <see cref="Value"/>, both counted in units of 10^−<see cref="Decimals"/>.
/// Every operation carries the error along, so that a result's error is a proof and not an estimate.
/// </summary>
/// <remarks>Operands must have the same <see cref="Decimals"/>. Immutable and thread-safe.</remarks>
internal readonly record struct Approximation(BigInteger Value, BigInteger Error, int Decimals)
{
    /// <summary>What <see cref="Value"/> is for the number 1.</summary>
    public BigInteger Unit => PowersOfTen.Of(Decimals);

    /// <summary>Whether the number as known is between −1 and 1 and its error so small that the product of two such errors is below a unit.</summary>
    private bool IsWithinOne => BigInteger.Abs(Value) <= Unit && Error <= int.MaxValue && Decimals >= 20;

    /// <summary>The quotient of two whole numbers, the second above 0.</summary>
    public static Approximation Ratio(BigInteger dividend, BigInteger divisor, int decimals) =>
        new(dividend * PowersOfTen.Of(decimals) / divisor, BigInteger.One, decimals);

    /// <summary>An exact number, cut to the decimals.</summary>
    public static Approximation Of(ExactDecimal number, int decimals) =>
        Ratio(number.Mantissa, PowersOfTen.Of(number.Scale), decimals);

    /// <summary>The product with a whole number.</summary>
    public Approximation Times(BigInteger factor) => this with { Value = Value * factor, Error = Error * BigInteger.Abs(factor) };

    /// <summary>The quotient by a whole number above 0.</summary>
    public Approximation Over(BigInteger divisor) => this with { Value = Value / divisor, Error = (Error / divisor) + 2 };

    public static Approximation operator +(Approximation left, Approximation right) =>
        left with { Value = left.Value + right.Value, Error = left.Error + right.Error };

    public static Approximation operator *(Approximation left, Approximation right)
    {
        var value = left.Value * right.Value / left.Unit;
        if (left.IsWithinOne && right.IsWithinOne)
        {
            // |left| × right's error is then at most right's error, and the other way round; the product of the errors at most one unit.
            return left with { Value = value, Error = left.Error + right.Error + 3 };
        }

        var error = (BigInteger.Abs(left.Value) * right.Error) + (BigInteger.Abs(right.Value) * left.Error) + (left.Error * right.Error);
        return left with { Value = value, Error = (error / left.Unit) + 2 };
    }

    /// <summary>The quotient; the divisor must be positive beyond its error.</summary>
    public static Approximation operator /(Approximation left, Approximation right)
    {
        var error = ((BigInteger.Abs(left.Value) * right.Error) + (right.Value * left.Error)) * left.Unit;
        return left with
        {
            Value = left.Value * left.Unit / right.Value,
            Error = (error / (right.Value * (right.Value - right.Error))) + 2,
        };
    }
}
