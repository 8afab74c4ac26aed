using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules;

/// <summary>Whether means are rounded before a rule uses them.</summary>
internal enum InputRounding
{
    /// <summary><c>none</c>: as computed.</summary>
    None,

    /// <summary><c>assessment</c>: to the assessment decimals of the parameter, by GB/T 8170.</summary>
    Assessment,
}

/// <summary>Applies and names it.</summary>
internal static class InputRoundings
{
    public static readonly string[] Words = ["none", "assessment"];

    public static string Word(this InputRounding rounding) => Words[(int)rounding];

    /// <summary>The member <c>roundInputs</c>.</summary>
    public static InputRounding Read(StrictObject json) => (InputRounding)Array.IndexOf(Words, json.Word("roundInputs", Words));

    public static ExactDecimal Apply(this InputRounding rounding, string parameter, ExactDecimal mean) =>
        rounding == InputRounding.Assessment ? StatisticalDecimals.Round(parameter, mean, ValueUse.Assessment) : mean;
}
