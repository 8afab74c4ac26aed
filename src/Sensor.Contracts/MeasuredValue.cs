using System.Globalization;

namespace Sensor.Contracts;

/// <summary>
/// A measured number as its decimal digits: <c>Mantissa × 10^Exponent</c>, so that 1.40 stays 1.40
/// and nothing is ever held as a binary fraction.
/// </summary>
/// <remarks>
/// <para>Range: |mantissa| below 10^15, exponent from −12 to 0. The unit belongs to the reading.</para>
/// <para>It does not know missing: a value that was not measured has a reason and no <see cref="MeasuredValue"/>.</para>
/// <para>Equality is equality of digits (1.4 and 1.40 differ); compare amounts with Sensor.Compliance's arithmetic.</para>
/// <para>The default value is 0. Immutable and thread-safe.</para>
/// </remarks>
public readonly record struct MeasuredValue
{
    /// <summary>The smallest allowed exponent.</summary>
    public const int MinExponent = -12;

    /// <summary>The largest allowed mantissa, 10^15 − 1.</summary>
    public const long MaxMantissa = 999_999_999_999_999;

    /// <summary>Makes a value from its digits.</summary>
    /// <param name="mantissa">All digits as one whole number, |mantissa| below 10^15.</param>
    /// <param name="exponent">The power of ten, −12 to 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Either is outside its range.</exception>
    public MeasuredValue(long mantissa, int exponent)
    {
        if (!InRange(mantissa, exponent))
        {
            throw new ArgumentOutOfRangeException(nameof(mantissa), $"{mantissa} × 10^{exponent} is outside |mantissa| < 10^15, exponent −12..0.");
        }

        Mantissa = mantissa;
        Exponent = exponent;
    }

    /// <summary>All digits as one whole number.</summary>
    public long Mantissa { get; }

    /// <summary>The power of ten, −12 to 0.</summary>
    public int Exponent { get; }

    /// <summary>Whether a mantissa and an exponent may form a value.</summary>
    public static bool InRange(long mantissa, int exponent) =>
        mantissa is >= -MaxMantissa and <= MaxMantissa && exponent is >= MinExponent and <= 0;

    /// <summary>Reads plain notation, <c>-?digits[.digits]</c>, at most 15 digits and 12 decimals.</summary>
    /// <param name="text">The text, without spaces, plus sign, thousands separators or exponent.</param>
    /// <param name="value">The value, when the result is true.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out MeasuredValue value)
    {
        value = default;
        var digits = text.StartsWith("-") ? text[1..] : text;
        var point = digits.IndexOf('.');
        var decimals = point < 0 ? 0 : digits.Length - point - 1;
        if (digits.Length is 0 or > 32 || point == 0 || (point > 0 && decimals == 0) || decimals > -MinExponent)
        {
            return false;
        }

        long mantissa = 0;
        foreach (var c in digits)
        {
            if (c == '.' && digits.Length - decimals - 1 == point)
            {
                continue;
            }

            if (!char.IsAsciiDigit(c) || mantissa > MaxMantissa / 10)
            {
                return false;
            }

            mantissa = (mantissa * 10) + (c - '0');
        }

        if (digits.IndexOf('.') != digits.LastIndexOf('.') || !InRange(mantissa, -decimals))
        {
            return false;
        }

        value = new MeasuredValue(text.StartsWith("-") ? -mantissa : mantissa, -decimals);
        return true;
    }

    /// <summary>Reads plain notation; see <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">The text is not a number in the accepted notation.</exception>
    public static MeasuredValue Parse(string text) => TryParse(text, out var value)
        ? value
        : throw new FormatException($"'{text}' is not a plain decimal number with at most 15 digits and 12 decimals.");

    /// <summary>
    /// The shortest decimal that reads back as the same 32-bit float, the form in which instruments' float registers enter.
    /// </summary>
    /// <param name="register">The register; NaN, infinities and amounts that need more than 15 digits or 12 decimals are refused.</param>
    /// <param name="value">The value, when the result is true.</param>
    public static bool TryFromSingle(float register, out MeasuredValue value)
    {
        value = default;
        if (!float.IsFinite(register))
        {
            return false;
        }

        var text = register.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E');
        var power = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var plain = e < 0 ? text : text[..e];
        var point = plain.IndexOf('.');
        power -= point < 0 ? 0 : plain.Length - point - 1;
        var mantissa = long.Parse(plain.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        for (; power > 0 && Math.Abs(mantissa) <= MaxMantissa / 10; power--)
        {
            mantissa *= 10;
        }

        if (!InRange(mantissa, power))
        {
            return false;
        }

        value = new MeasuredValue(mantissa, power);
        return true;
    }

    /// <summary>Plain notation with every digit, such as <c>-0.050</c>.</summary>
    public override string ToString()
    {
        var digits = Math.Abs(Mantissa).ToString(CultureInfo.InvariantCulture).PadLeft(1 - Exponent, '0');
        var plain = Exponent == 0 ? digits : string.Concat(digits.AsSpan(0, digits.Length + Exponent), ".", digits.AsSpan(digits.Length + Exponent));
        return Mantissa < 0 ? "-" + plain : plain;
    }
}
