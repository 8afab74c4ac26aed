using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>
/// Rounding of values as China's rules have it: once, at a decimal, a tie to the even digit.
/// Source: GB/T 8170-2008, clauses 3.2 (rule) and 3.3 (never in several steps).
/// </summary>
public static class GbT8170
{
    /// <summary>The most decimals that can be asked for.</summary>
    public const int MostDecimals = 20;

    /// <summary>Rounds to a number of decimals.</summary>
    /// <param name="value">The value as measured, not rounded before.</param>
    /// <param name="decimals">0 to <see cref="MostDecimals"/>.</param>
    /// <param name="smallValue">What becomes of a value that would round to 0.</param>
    public static ExactDecimal Round(ExactDecimal value, int decimals, SmallValueRule smallValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, MostDecimals);
        var rounded = value.RoundHalfEven(decimals);
        return rounded.Sign == 0 && value.Sign != 0 && smallValue == SmallValueRule.KeepsOneDigit
            ? value.RoundHalfEven(FirstDecimal(value))
            : rounded;
    }

    /// <summary>The rounded value in digits: with all decimals asked for, and with more where a small value keeps one digit.</summary>
    /// <inheritdoc cref="Round"/>
    public static string Show(ExactDecimal value, int decimals, SmallValueRule smallValue)
    {
        var rounded = Round(value, decimals, smallValue);
        return rounded.ToString(int.Max(decimals, rounded.Scale));
    }

    /// <summary>The decimal at which the first digit other than 0 of a number below 1 stands.</summary>
    private static int FirstDecimal(ExactDecimal value) =>
        value.Scale - Series.DigitsOf(System.Numerics.BigInteger.Abs(value.Mantissa)) + 1;
}
