using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sensor.Contracts;

namespace Sensor.Compliance.Arithmetic;

/// <summary>
/// A decimal number of any size, held exactly: sums, differences and products never round.
/// A quotient is the only operation that rounds, once, half-even, to <see cref="QuotientDecimals"/> decimals.
/// </summary>
/// <remarks>
/// <para>
/// It stands where System.Decimal would, because sums of that depend on their order once digits run out,
/// and division differs between languages in the last digit. docs/arithmetic.md specifies each operation so that another language
/// reproduces it.
/// </para>
/// <para>Equality is equality of amount: 1.4 equals 1.40. The default value is 0. Immutable and thread-safe.</para>
/// </remarks>
public readonly partial struct ExactDecimal : IEquatable<ExactDecimal>, IComparable<ExactDecimal>
{
    /// <summary>The decimals of every quotient.</summary>
    public const int QuotientDecimals = 20;

    /// <summary>The mantissa where it fits; else 0, and <see cref="_large"/> holds it.</summary>
    private readonly long _small;
    private readonly StrongBox<BigInteger>? _large;
    private readonly int _scale;

    /// <summary>The number <c>mantissa ÷ 10^scale</c>; trailing zeros are removed.</summary>
    /// <param name="mantissa">All digits as one whole number.</param>
    /// <param name="scale">The number of decimals, 0 or more.</param>
    public ExactDecimal(BigInteger mantissa, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        while (scale > 0 && !FitsInt64(mantissa))
        {
            var quotient = BigInteger.DivRem(mantissa, 10, out var rest);
            if (!rest.IsZero)
            {
                break;
            }

            (mantissa, scale) = (quotient, scale - 1);
        }

        this = FitsInt64(mantissa) ? new ExactDecimal((long)mantissa, scale) : new ExactDecimal(new StrongBox<BigInteger>(mantissa), scale);
    }

    /// <summary>0.</summary>
    public static ExactDecimal Zero => default;

    /// <summary>1.</summary>
    public static ExactDecimal One { get; } = new(BigInteger.One, 0);

    /// <summary>All digits as one whole number, without trailing zeros after the point.</summary>
    public BigInteger Mantissa => _large is null ? _small : _large.Value;

    /// <summary>The number of decimals, without trailing zeros.</summary>
    public int Scale => _scale;

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => _large is null ? long.Sign(_small) : _large.Value.Sign;

    /// <summary>The amount of a measured value.</summary>
    public static ExactDecimal From(MeasuredValue value) => new(value.Mantissa, -value.Exponent);

    /// <summary>A whole number.</summary>
    public static ExactDecimal From(long value) => new(value, 0);

    /// <summary>Reads plain notation, <c>-?digits[.digits]</c>, of at most 200 characters.</summary>
    public static bool TryParse(string text, out ExactDecimal value)
    {
        value = default;
        var digits = text.StartsWith('-') ? text[1..] : text;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? "" : digits[(point + 1)..];
        if (text.Length > 200 || whole.Length == 0 || (point >= 0 && fraction.Length == 0) || !(whole + fraction).All(char.IsAsciiDigit))
        {
            return false;
        }

        var mantissa = BigInteger.Parse(whole + fraction, NumberStyles.None, CultureInfo.InvariantCulture);
        value = new ExactDecimal(text.StartsWith('-') ? -mantissa : mantissa, fraction.Length);
        return true;
    }

    /// <summary>Reads plain notation; see <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">The text is not a number in the accepted notation.</exception>
    public static ExactDecimal Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a plain decimal number.");

    /// <summary>The quotient, computed on whole numbers and rounded once, half-even, to 20 decimals.</summary>
    /// <exception cref="DivideByZeroException">The divisor is 0.</exception>
    public static ExactDecimal Quotient(ExactDecimal dividend, ExactDecimal divisor)
    {
        // The decimals that both sides of numerator ÷ denominator would carry as zeros are left off.
        var more = divisor._scale + QuotientDecimals - dividend._scale;
        if (divisor.Sign != 0 && dividend.TryScale(int.Max(more, 0), out var wideDividend) && divisor.TryScale(int.Max(-more, 0), out var wideDivisor))
        {
            return new ExactDecimal(DivideHalfEven(wideDividend, wideDivisor), QuotientDecimals);
        }

        var numerator = dividend.Mantissa * PowersOfTen.Of(int.Max(more, 0));
        var denominator = divisor.Mantissa * PowersOfTen.Of(int.Max(-more, 0));
        return new ExactDecimal(DivideHalfEven(numerator, denominator), QuotientDecimals);
    }

    /// <summary>The exact sum; its order does not matter.</summary>
    public static ExactDecimal Sum(IEnumerable<ExactDecimal> values)
    {
        var sum = new ExactSum(stackalloc long[ExactSum.Counters]);
        switch (values)
        {
            case ExactDecimal[] array:
                sum.Add(array);
                break;
            case List<ExactDecimal> list:
                sum.Add(CollectionsMarshal.AsSpan(list));
                break;
            case ArraySegment<ExactDecimal> segment:
                sum.Add(segment);
                break;
            default:
                foreach (var value in values)
                {
                    sum.Add(value);
                }

                break;
        }

        return sum.Total();
    }

    /// <summary>Rounded half-even to a number of decimals.</summary>
    public ExactDecimal RoundHalfEven(int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        return decimals >= _scale ? this : new ExactDecimal(DivideHalfEven(Mantissa, PowersOfTen.Of(_scale - decimals)), decimals);
    }

    /// <summary>The smallest whole number that is not below this one.</summary>
    public BigInteger Ceiling()
    {
        var quotient = BigInteger.DivRem(Mantissa, PowersOfTen.Of(_scale), out var rest);
        return rest.Sign > 0 ? quotient + 1 : quotient;
    }

    /// <summary>The amount without its sign.</summary>
    public ExactDecimal Abs() => Sign < 0 ? -this : this;

    /// <inheritdoc/>
    public int CompareTo(ExactDecimal other)
    {
        var scale = int.Max(_scale, other._scale);
        return TryScale(scale - _scale, out var mine) && other.TryScale(scale - other._scale, out var theirs)
            ? mine.CompareTo(theirs)
            : Scaled(scale).CompareTo(other.Scaled(scale));
    }

    /// <inheritdoc/>
    public bool Equals(ExactDecimal other) => _scale == other._scale && _small == other._small
        && (_large is null ? other._large is null : other._large is not null && _large.Value == other._large.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ExactDecimal other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_small, _large?.Value, _scale);

    /// <summary>Plain notation without trailing zeros and without −0.</summary>
    public override string ToString() => Digits(Mantissa, _scale);

    /// <summary>Plain notation with exactly so many decimals; the number must not have more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number has more decimals; round it first.</exception>
    public string ToString(int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(decimals, _scale);
        return Digits(Scaled(decimals), decimals);
    }

    /// <summary>The exact sum.</summary>
    public static ExactDecimal operator +(ExactDecimal left, ExactDecimal right)
    {
        var scale = int.Max(left._scale, right._scale);
        return left.TryScale(scale - left._scale, out var wideLeft) && right.TryScale(scale - right._scale, out var wideRight)
            ? new ExactDecimal(wideLeft + wideRight, scale)
            : new ExactDecimal(left.Scaled(scale) + right.Scaled(scale), scale);
    }

    /// <summary>The exact difference.</summary>
    public static ExactDecimal operator -(ExactDecimal left, ExactDecimal right) => left + -right;

    /// <summary>The negation.</summary>
    public static ExactDecimal operator -(ExactDecimal value) => value._large is null && value._small != long.MinValue
        ? new(-value._small, value._scale)
        : new(-value.Mantissa, value._scale);

    /// <summary>The exact product.</summary>
    public static ExactDecimal operator *(ExactDecimal left, ExactDecimal right) => left._large is null && right._large is null
        ? new((Int128)left._small * right._small, left._scale + right._scale)
        : new(left.Mantissa * right.Mantissa, left._scale + right._scale);

    /// <summary>The same amount.</summary>
    public static bool operator ==(ExactDecimal left, ExactDecimal right) => left.Equals(right);

    /// <summary>Another amount.</summary>
    public static bool operator !=(ExactDecimal left, ExactDecimal right) => !left.Equals(right);

    /// <summary>Below.</summary>
    public static bool operator <(ExactDecimal left, ExactDecimal right) => left.CompareTo(right) < 0;

    /// <summary>Above.</summary>
    public static bool operator >(ExactDecimal left, ExactDecimal right) => left.CompareTo(right) > 0;

    /// <summary>Not above.</summary>
    public static bool operator <=(ExactDecimal left, ExactDecimal right) => left.CompareTo(right) <= 0;

    /// <summary>Not below.</summary>
    public static bool operator >=(ExactDecimal left, ExactDecimal right) => left.CompareTo(right) >= 0;

    /// <summary>The quotient of whole numbers rounded to the nearest one, a tie to the even one.</summary>
    internal static BigInteger DivideHalfEven(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.Sign < 0)
        {
            (numerator, denominator) = (-numerator, -denominator);
        }

        var floor = BigInteger.DivRem(numerator, denominator, out var rest);
        if (rest.Sign < 0)
        {
            (floor, rest) = (floor - 1, rest + denominator);
        }

        var comparison = (rest * 2).CompareTo(denominator);
        return comparison > 0 || (comparison == 0 && !floor.IsEven) ? floor + 1 : floor;
    }

    private static string Digits(BigInteger mantissa, int scale)
    {
        var digits = BigInteger.Abs(mantissa).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var plain = scale == 0 ? digits : string.Concat(digits.AsSpan(0, digits.Length - scale), ".", digits.AsSpan(digits.Length - scale));
        return mantissa.Sign < 0 ? "-" + plain : plain;
    }

    private BigInteger Scaled(int scale) => Mantissa * PowersOfTen.Of(scale - _scale);
}
