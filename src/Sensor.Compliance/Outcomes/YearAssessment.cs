using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Rules;
using Sensor.Compliance.Standards;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>
/// A window of one section in brief, for surveys of many sections: its means, its class and those of its months, and what the agreement's rule
/// makes of them. The means, classes and rule are those of <see cref="Assessment"/>; there is no trace, and no money moves on it.
/// </summary>
/// <param name="Means">The deciding means that exist, by factor code.</param>
/// <param name="Class">The class of the window by its means, or what it lacks.</param>
/// <param name="Months">The classes of its months, in order.</param>
/// <param name="Result">Pass, fail or indeterminate: completeness first, then the rule.</param>
/// <param name="Index">The index as compared; null where a deciding mean is missing, or for rules without one.</param>
public sealed record YearAssessment(
    IReadOnlyDictionary<string, ExactDecimal> Means, Classification Class, IReadOnlyList<MonthClass> Months, OutcomeResult Result, ExactDecimal? Index)
{
    /// <summary>Assesses. Pure and thread-safe.</summary>
    /// <param name="agreement">The agreement; its rule must look at nothing but means.</param>
    /// <param name="section">The section.</param>
    /// <param name="window">The window; amounts outside it are passed over.</param>
    /// <param name="classes">How means become classes.</param>
    /// <param name="amounts">The amounts that count, by factor code; a parameter that is not there has none.</param>
    /// <exception cref="ArgumentException">The rule looks at more than means, or moments are not in order.</exception>
    public static YearAssessment Of(
        Agreement agreement, AgreedSection section, Window window, ClassificationRule classes, IReadOnlyDictionary<string, SampledAmounts> amounts)
    {
        if (agreement.Rule is not MeanRule rule)
        {
            throw new ArgumentException($"The rule of {agreement.Id} looks at more than the means of one window; use Assessment.", nameof(agreement));
        }

        var scope = new AmountsScope(agreement, section, window, agreement.Parameters.ToDictionary(
            p => p.Code, p => DaysOf(agreement, amounts.GetValueOrDefault(p.Code)), StringComparer.Ordinal));
        var means = scope.Means(agreement.Parameters.Select(p => p.Code));
        var ruling = rule.Decide(scope);
        return new YearAssessment(means, Classification.Of(classes, means), MonthsOf(scope, classes), ruling.Result, ruling.Found?.Index);
    }

    private static DailyValues DaysOf(Agreement agreement, SampledAmounts? amounts) =>
        amounts is null ? DailyValues.None : DailyValues.Of(amounts.Moments, amounts.Amounts, agreement.Offset);

    private static List<MonthClass> MonthsOf(AmountsScope scope, ClassificationRule classes)
    {
        var parameters = scope.Agreement.Parameters.Select(p => (p.Code, scope.Statistics(p.Code).Months)).ToList();
        var months = new List<MonthClass>();
        for (var i = 0; i < parameters[0].Months.Count; i++)
        {
            var means = parameters.Where(p => p.Months[i].Counts).ToDictionary(p => p.Code, p => p.Months[i].Mean!.Value, StringComparer.Ordinal);
            months.Add(new MonthClass(parameters[0].Months[i].Month, Classification.Of(classes, means)));
        }

        return months;
    }
}
