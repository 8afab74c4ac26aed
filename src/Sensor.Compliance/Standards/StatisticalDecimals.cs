using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Standards;

/// <summary>
/// The decimals of each parameter, rounded to once and half-even, a trace keeping one digit.
/// Source: 环办监测函〔2020〕82号 and 总站水字〔2020〕90号, as cited by public implementations.
/// </summary>
/// <remarks>
/// Hourly decimals outside the nine parameters of national stations are an extension by the author of one implementation
/// (limit of class I plus one decimal): a hint only. <see cref="IsCertain"/> tells them apart.
/// </remarks>
public static class StatisticalDecimals
{
    private static readonly string[] Nine =
    [
        ParameterCatalogue.Temperature, ParameterCatalogue.PH, ParameterCatalogue.DissolvedOxygen, "w01014", "w01003",
        ParameterCatalogue.CodMn, ParameterCatalogue.AmmoniaNitrogen, ParameterCatalogue.TotalPhosphorus, ParameterCatalogue.TotalNitrogen,
    ];

    /// <summary>The decimals, or null where the documents give none.</summary>
    public static int? Of(string parameter, ValueUse use) =>
        use == ValueUse.Hourly ? ParameterCatalogue.Find(parameter)?.HourlyDecimals : ParameterCatalogue.Find(parameter)?.AssessmentDecimals;

    /// <summary>Whether the decimals come from the documents and not from an implementation's extension of them.</summary>
    public static bool IsCertain(string parameter, ValueUse use) =>
        Of(parameter, use) is not null && (use == ValueUse.Assessment || Nine.Contains(parameter, StringComparer.Ordinal));

    /// <summary>The value rounded for a use, or as it is where the documents give no decimals.</summary>
    public static ExactDecimal Round(string parameter, ExactDecimal value, ValueUse use) =>
        Of(parameter, use) is { } decimals ? GbT8170.Round(value, decimals, SmallValueRule.KeepsOneDigit) : value;
}
