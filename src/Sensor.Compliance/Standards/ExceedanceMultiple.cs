using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Standards;

/// <summary>
/// By how many times its limit of class III a value exceeds it: (C − L) ÷ L. Water temperature, pH and dissolved oxygen have none.
/// Source: 环办〔2011〕22号, 超标倍数.
/// </summary>
public static class ExceedanceMultiple
{
    /// <summary>The decimals of a multiple as bulletins print it.</summary>
    public const int Decimals = 1;

    /// <summary>The multiple, one quotient, or null for pH and dissolved oxygen and for a value that meets class III.</summary>
    public static ExactDecimal? Of(ClassLimits limits, ExactDecimal value)
    {
        var limit = limits.Limit(WaterClass.III);
        return Exists(limits) && value > limit ? ExactDecimal.Quotient(value - limit, limit) : null;
    }

    /// <summary>The multiple rounded for print.</summary>
    /// <param name="multiple">The multiple, not rounded before.</param>
    /// <param name="smallValue">What becomes of a multiple below 0.05, which the document does not say.</param>
    public static string Show(ExactDecimal multiple, SmallValueRule smallValue) => GbT8170.Show(multiple, Decimals, smallValue);

    /// <summary>Whether the parameter has multiples at all.</summary>
    internal static bool Exists(ClassLimits limits) => !limits.IsMinimum && limits.Parameter != ParameterCatalogue.PH;

    /// <summary>Compares the multiples of two values without dividing: C1 ÷ L1 with C2 ÷ L2.</summary>
    internal static int Compare(ClassLimits limits1, ExactDecimal value1, ClassLimits limits2, ExactDecimal value2) =>
        (value1 * limits2.Limit(WaterClass.III)).CompareTo(value2 * limits1.Limit(WaterClass.III));
}
