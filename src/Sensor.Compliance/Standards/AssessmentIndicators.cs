using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Standards;

/// <summary>
/// The indicators that take part in an assessment: the items of GB 3838-2002 table 1 except water temperature, total nitrogen and
/// faecal coliforms, 21 of 24. Source: 环办〔2011〕22号, 评价指标.
/// </summary>
public static class AssessmentIndicators
{
    private const string Arsenic = "w20141";
    private const string TotalArsenic = "w20119";
    private static readonly string[] LeftOut = [ParameterCatalogue.TotalNitrogen, "w02003", TotalArsenic];

    /// <summary>The factor codes of the 21 indicators in the order of table 1; arsenic is <c>w20141</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Gb3838.Table1.Select(row => row.Parameter).Distinct().Except(LeftOut, StringComparer.Ordinal)];

    private static readonly Dictionary<string, int> Rows = All.Index().ToDictionary(row => row.Item, row => row.Index, StringComparer.Ordinal);

    /// <summary>The indicator that a factor code stands for, or null when it takes no part: <c>w20119</c> is arsenic as <c>w20141</c> is.</summary>
    public static string? IndicatorOf(string parameter) =>
        parameter == TotalArsenic ? Arsenic : Rows.ContainsKey(parameter) ? parameter : null;

    /// <summary>The values that take part, by indicator; of arsenic under both its codes the greater one.</summary>
    public static IReadOnlyDictionary<string, ExactDecimal> Select(IReadOnlyDictionary<string, ExactDecimal> values) => values
        .Where(value => IndicatorOf(value.Key) is not null)
        .GroupBy(value => IndicatorOf(value.Key)!, StringComparer.Ordinal)
        .ToDictionary(indicator => indicator.Key, indicator => indicator.Max(value => value.Value), StringComparer.Ordinal);

    /// <summary>The place of an indicator in table 1, by which equals are put in order.</summary>
    internal static int RowOf(string indicator) => Rows[indicator];
}
