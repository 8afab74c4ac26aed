namespace Sensor.Contracts;

/// <summary>What is measured, by its national factor code.</summary>
/// <remarks>
/// The decimals are those of the monitoring centre's documents 环办监测函〔2020〕82号 and 总站水字〔2020〕90号 as cited by public
/// implementations; hourly decimals outside the nine parameters of national stations are less certain.
/// They are offered to agreements as a profile, never applied by themselves.
/// </remarks>
/// <param name="Code">National factor code, such as <c>w01019</c>.</param>
/// <param name="Symbol">Short name used in formulas, such as <c>CODMn</c>.</param>
/// <param name="Name">English name.</param>
/// <param name="NameZh">Chinese name.</param>
/// <param name="Unit">UCUM unit in which readings travel.</param>
/// <param name="HourlyDecimals">Decimals of an hourly value, or null where none is defined.</param>
/// <param name="AssessmentDecimals">Decimals of a value that is assessed, or null where none is defined.</param>
public sealed record Parameter(string Code, string Symbol, string Name, string NameZh, string Unit, int? HourlyDecimals, int? AssessmentDecimals)
{
    /// <summary>Whether a text has the form of a factor code: one lower-case letter and five digits.</summary>
    public static bool IsWellFormed(string? code) =>
        code is { Length: 6 } && char.IsAsciiLetterLower(code[0]) && code.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
}
