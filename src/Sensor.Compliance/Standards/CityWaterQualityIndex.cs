using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Standards;

/// <summary>
/// The index CWQI by which China ranks the surface water of cities. Source: 城市地表水环境质量排名技术规定（试行）, 2017.
/// </summary>
/// <remarks>
/// The single indices were found in a public implementation. That they are summed over the indicators, and that a city's index weighs rivers and
/// lakes by their numbers of sections, is own knowledge: verify before a ranking is published. Each index is one quotient; nothing else is rounded.
/// </remarks>
public static class CityWaterQualityIndex
{
    /// <summary>
    /// The index of one indicator: C ÷ L of class III; dissolved oxygen L ÷ C; pH 7 − C up to 7, (C − 7) ÷ 2 above.
    /// Null for an oxygen of 0 or less, and for a parameter that is not one of the 21 indicators.
    /// </summary>
    public static ExactDecimal? Of(WaterBody waterBody, string parameter, ExactDecimal value)
    {
        if (AssessmentIndicators.IndicatorOf(parameter) is not { } indicator)
        {
            return null;
        }

        var limits = Gb3838.Limits(indicator, waterBody)!;
        return indicator == ParameterCatalogue.PH ? OfPH(value)
            : !limits.IsMinimum ? ExactDecimal.Quotient(value, limits.Limit(WaterClass.III))
            : value.Sign > 0 ? ExactDecimal.Quotient(limits.Limit(WaterClass.III), value)
            : null;
    }

    /// <summary>The index of all rivers, or of all lakes, of a city from the means over their sections.</summary>
    /// <param name="waterBody">Rivers or lakes.</param>
    /// <param name="means">The mean of each indicator over all sections.</param>
    /// <param name="indicators">The indicators that take part, each needing a value; all 21 by the document of 2017.</param>
    /// <exception cref="ArgumentException">A parameter is not one of the 21 indicators.</exception>
    public static CityIndex Of(WaterBody waterBody, IReadOnlyDictionary<string, ExactDecimal> means, IReadOnlyCollection<string> indicators)
    {
        var selected = AssessmentIndicators.Select(means);
        var parts = indicators
            .Select(p => AssessmentIndicators.IndicatorOf(p) ?? throw new ArgumentException($"{p} is not one of the 21 indicators.", nameof(indicators)))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(p => (Indicator: p, Index: selected.TryGetValue(p, out var mean) ? Of(waterBody, p, mean) : null))
            .ToList();
        List<string> missing = [.. parts.Where(p => p.Index is null).Select(p => p.Indicator)];
        return new CityIndex(missing.Count > 0 ? null : ExactDecimal.Sum(parts.Select(p => p.Index!.Value)), missing);
    }

    /// <summary>The index of a city with rivers and lakes: the mean of both weighted by their numbers of sections, one quotient.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of sections is below 1.</exception>
    public static ExactDecimal OfCity(ExactDecimal rivers, int riverSections, ExactDecimal lakes, int lakeSections)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(riverSections, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(lakeSections, 1);
        return ExactDecimal.Quotient(
            (rivers * ExactDecimal.From(riverSections)) + (lakes * ExactDecimal.From(lakeSections)),
            ExactDecimal.From((long)riverSections + lakeSections));
    }

    private static ExactDecimal OfPH(ExactDecimal value)
    {
        var distance = value - ExactDecimal.From(7);
        return distance.Sign > 0 ? distance * new ExactDecimal(5, 1) : -distance;
    }
}
