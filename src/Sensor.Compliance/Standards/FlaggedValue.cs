using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Standards;

/// <summary>What a flagged observation may contribute to a class.</summary>
public static class FlaggedValue
{
    /// <summary>The amount to classify, or the reason why there is none.</summary>
    /// <remarks>
    /// Below detection (L) counts as half the detection limit (HJ 91.2-2022), but only where the limit itself would give the same class:
    /// a detection limit above a class limit proves nothing. Above the range (T) counts only where the value already is worse than class V
    /// by being too great. Every other flag than N makes the value unusable.
    /// </remarks>
    /// <param name="rule">How the values are classified.</param>
    /// <param name="parameter">National factor code.</param>
    /// <param name="value">The value, or null when missing.</param>
    /// <param name="flag">The flag.</param>
    /// <param name="detectionLimit">The detection limit, or null when not known.</param>
    /// <param name="amount">The amount, when the result is true.</param>
    /// <param name="reason">Why there is no amount, when the result is false.</param>
    public static bool TryUse(
        ClassificationRule rule, string parameter, ExactDecimal? value, string flag, ExactDecimal? detectionLimit, out ExactDecimal amount, out string reason)
    {
        (amount, reason) = (value ?? ExactDecimal.Zero, "");
        reason = Flag.UseOf(flag) switch
        {
            FlagUse.BelowDetection => Censored(rule, parameter, detectionLimit, ref amount),
            _ when value is null => "it has no value",
            FlagUse.Usable => "",
            FlagUse.AboveRange => TooGreat(rule, parameter, amount),
            FlagUse.NoWater => $"flag {flag} says that there was no water",
            _ => $"flag {flag} says that it does not stand for the water",
        };
        return reason.Length == 0;
    }

    private static string Censored(ClassificationRule rule, string parameter, ExactDecimal? detectionLimit, ref ExactDecimal amount)
    {
        if (detectionLimit is not { } limit)
        {
            return "it is below a detection limit that is not given";
        }

        amount = limit * new ExactDecimal(5, 1);
        return rule.ClassOf(parameter, amount) == rule.ClassOf(parameter, limit)
            ? ""
            : $"it is below a detection limit, {limit}, that lies above a class limit";
    }

    private static string TooGreat(ClassificationRule rule, string parameter, ExactDecimal value) =>
        rule.LimitsOf(parameter) is { IsMinimum: false } limits && rule.ClassOf(parameter, value) == WaterClass.WorseThanV && value > limits.Limit(WaterClass.V)
            ? ""
            : "it is above the measuring range, which can show that class V is failed but not that a class is met";
}
