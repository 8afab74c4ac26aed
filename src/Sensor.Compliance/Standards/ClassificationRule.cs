using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Standards;

/// <summary>How a set of values becomes a class of GB 3838-2002. Immutable and thread-safe.</summary>
/// <remarks>
/// Every item of table 1 takes part except total nitrogen and faecal coliforms (环办〔2011〕22号, 评价指标, leaves them and the temperature out);
/// one of those takes part when it is required.
/// </remarks>
public sealed record ClassificationRule
{
    private static readonly string[] LeftOut = [ParameterCatalogue.TotalNitrogen, "w02003"];

    /// <summary>The items without which the national publication gives no class: pH, DO, CODMn, NH3-N, TP, by ordinal order of code.</summary>
    public static IReadOnlyList<string> DefaultRequired { get; } =
        [ParameterCatalogue.PH, ParameterCatalogue.DissolvedOxygen, ParameterCatalogue.CodMn, ParameterCatalogue.AmmoniaNitrogen, ParameterCatalogue.TotalPhosphorus];

    /// <summary>Makes a rule.</summary>
    /// <param name="waterBody">Which phosphorus and nitrogen limits hold.</param>
    /// <param name="rounding">Whether values are rounded first; there is no default, because documents and practice differ.</param>
    /// <param name="required">The parameters without which there is no class; null means <see cref="DefaultRequired"/>.</param>
    /// <exception cref="ArgumentException">Table 1 has no limit for a required parameter in that kind of water.</exception>
    public ClassificationRule(WaterBody waterBody, ClassRounding rounding, IEnumerable<string>? required = null)
    {
        (WaterBody, Rounding) = (waterBody, rounding);
        Required = [.. (required ?? DefaultRequired).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (Required.FirstOrDefault(parameter => Gb3838.Limits(parameter, waterBody) is null) is { } unknown)
        {
            throw new ArgumentException($"GB 3838-2002 table 1 has no limit for {unknown} in a {waterBody}, so it cannot be required.", nameof(required));
        }
    }

    /// <summary>Which phosphorus and nitrogen limits hold.</summary>
    public WaterBody WaterBody { get; }

    /// <summary>Whether values are rounded first.</summary>
    public ClassRounding Rounding { get; }

    /// <summary>The parameters without which there is no class, by ordinal order of code.</summary>
    public IReadOnlyList<string> Required { get; }

    /// <summary>The limits by which a parameter takes part, or null when it does not.</summary>
    public ClassLimits? LimitsOf(string parameter) =>
        !LeftOut.Contains(parameter) || Required.Contains(parameter) ? Gb3838.Limits(parameter, WaterBody) : null;

    /// <summary>The class of one value, rounded first where the rule says so, or null when the parameter does not take part.</summary>
    public WaterClass? ClassOf(string parameter, ExactDecimal value) => LimitsOf(parameter)?.ClassOf(Rounded(parameter, value));

    private ExactDecimal Rounded(string parameter, ExactDecimal value) =>
        Rounding == ClassRounding.Assessment ? StatisticalDecimals.Round(parameter, value, ValueUse.Assessment) : value;
}
