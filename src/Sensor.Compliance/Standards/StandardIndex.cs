using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Standards;

/// <summary>
/// The standard index of environmental impact assessment: a value measured by the limit it should meet, above 1 where it does not.
/// Source: HJ 2.3-2018, annex D, and the edition before.
/// </summary>
public static class StandardIndex
{
    private static readonly ExactDecimal Seven = ExactDecimal.From(7);
    private static readonly ExactDecimal SaturationNumerator = ExactDecimal.From(468);
    private static readonly ExactDecimal SaturationOffset = new(316, 1);

    /// <summary>C ÷ L; for pH (7 − C) ÷ (7 − 6) up to 7 and (C − 7) ÷ (9 − 7) above. One quotient.</summary>
    /// <exception cref="ArgumentException">The parameter is dissolved oxygen, whose index needs the temperature.</exception>
    public static ExactDecimal Of(ClassLimits limits, WaterClass waterClass, ExactDecimal value)
    {
        if (limits.IsMinimum)
        {
            throw new ArgumentException($"The standard index of {limits.Parameter} needs the temperature: use {nameof(OfOxygen)}.", nameof(limits));
        }

        return limits.Parameter != ParameterCatalogue.PH ? ExactDecimal.Quotient(value, limits.Limit(waterClass))
            : value <= Seven ? Seven - value
            : (value - Seven) * new ExactDecimal(5, 1);
    }

    /// <summary>
    /// The index of dissolved oxygen with the saturation of fresh water DO_f = 468 ÷ (31.6 + T); one quotient.
    /// Null where it is not defined: a saturation that does not pass the limit, or an oxygen of 0 by which would be divided.
    /// </summary>
    /// <param name="limit">DO_s in mg/L, above 0.</param>
    /// <param name="value">DO in mg/L, 0 or more.</param>
    /// <param name="temperature">T in °C, above −31.6.</param>
    /// <param name="formula">Which formula.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static ExactDecimal? OfOxygen(ExactDecimal limit, ExactDecimal value, ExactDecimal temperature, OxygenIndexFormula formula)
    {
        var divisor = SaturationOffset + temperature;
        Require(limit.Sign > 0, limit, nameof(limit));
        Require(value.Sign >= 0, value, nameof(value));
        Require(divisor.Sign > 0, temperature, nameof(temperature));

        // (DO_f − DO) ÷ (DO_f − DO_s) is written with 31.6 + T on both sides of the fraction, so that it is divided once.
        var aboveLimit = SaturationNumerator - (limit * divisor);
        var belowSaturation = SaturationNumerator - (value * divisor);
        var byDistance = formula == OxygenIndexFormula.TenMinusNine ? value >= limit : belowSaturation.Sign < 0;
        return byDistance
            ? aboveLimit.Sign > 0 ? ExactDecimal.Quotient(belowSaturation.Abs(), aboveLimit) : null
            : formula == OxygenIndexFormula.TenMinusNine ? ExactDecimal.Quotient((ExactDecimal.From(10) * limit) - (ExactDecimal.From(9) * value), limit)
            : value.Sign > 0 ? ExactDecimal.Quotient(limit, value)
            : null;
    }

    private static void Require(bool holds, ExactDecimal value, string name)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, "It is out of the range for which the index is defined.");
        }
    }
}
