using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Standards;

/// <summary>
/// A main pollutant of a river or basin: an indicator and the share of sections at which it is worse than class III, 断面超标率.
/// Source: 环办〔2011〕22号, 河流、流域（水系）主要污染指标的确定.
/// </summary>
/// <remarks>The document takes the three greatest shares "in general"; indicators that share the third place are all kept here, in the order of table 1.</remarks>
/// <param name="Parameter">National factor code of the indicator.</param>
/// <param name="SectionsOver">Sections at which it is worse than class III.</param>
/// <param name="Sections">All sections that were assessed.</param>
public sealed record PollutantShare(string Parameter, int SectionsOver, int Sections)
{
    /// <summary>The share in percent; rounded only at 20 decimals.</summary>
    public ExactDecimal Percent => ExactDecimal.Quotient(ExactDecimal.From(SectionsOver * 100L), ExactDecimal.From(Sections));

    /// <summary>The English notation, such as <c>TP (33.3 %)</c>.</summary>
    public string Show() => $"{ParameterCatalogue.Find(Parameter)!.Symbol} ({Rounded} %)";

    /// <summary>The Chinese notation, such as <c>总磷(33.3%)</c>.</summary>
    public string ShowZh() => $"{ParameterCatalogue.Find(Parameter)!.NameZh}({Rounded}%)";

    /// <summary>The main pollutants of some sections that all have a class, greatest share first.</summary>
    public static IReadOnlyList<PollutantShare> Of(AssessmentMethod method, IReadOnlyCollection<IReadOnlyDictionary<string, ExactDecimal>> sections)
    {
        var over = sections
            .SelectMany(AssessmentIndicators.Select)
            .Where(value => method.Classes.ClassOf(value.Key, value.Value) > WaterClass.III)
            .CountBy(value => value.Key, StringComparer.Ordinal)
            .ToList();
        return
        [
            .. over.Where(indicator => over.Count(other => other.Value > indicator.Value) < MainPollutants.Most)
                .OrderByDescending(indicator => indicator.Value)
                .ThenBy(indicator => AssessmentIndicators.RowOf(indicator.Key))
                .Select(indicator => new PollutantShare(indicator.Key, indicator.Value, sections.Count)),
        ];
    }

    private string Rounded => GbT8170.Show(Percent, 1, SmallValueRule.BecomesZero);
}
