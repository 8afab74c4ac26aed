using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Standards;

/// <summary>A main pollutant of a section, 主要污染指标.</summary>
/// <param name="Parameter">National factor code of the indicator.</param>
/// <param name="Class">Its class, worse than III.</param>
/// <param name="Multiple">Its exceedance multiple; null for pH and dissolved oxygen.</param>
/// <param name="IsPriority">Whether it comes first because of what it is.</param>
public sealed record MainPollutant(string Parameter, WaterClass Class, ExactDecimal? Multiple, bool IsPriority)
{
    /// <summary>The English notation, such as <c>NH3-N (1.3)</c>.</summary>
    /// <param name="smallValue">What becomes of a multiple below 0.05.</param>
    public string Show(SmallValueRule smallValue) =>
        ParameterCatalogue.Find(Parameter)!.Symbol + (Multiple is { } multiple ? $" ({ExceedanceMultiple.Show(multiple, smallValue)})" : "");

    /// <summary>The Chinese notation, such as <c>氨氮(1.3)</c>.</summary>
    /// <inheritdoc cref="Show"/>
    public string ShowZh(SmallValueRule smallValue) =>
        ParameterCatalogue.Find(Parameter)!.NameZh + (Multiple is { } multiple ? $"({ExceedanceMultiple.Show(multiple, smallValue)})" : "");
}
