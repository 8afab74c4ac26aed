using Sensor.Compliance.Agreements;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>Says why a source stood in for others.</summary>
internal static class SubstitutionWords
{
    /// <summary>The words.</summary>
    /// <param name="s">The substitution.</param>
    /// <param name="window">The window.</param>
    /// <param name="unit">What is counted: <c>values</c>, <c>days</c> or <c>months</c>.</param>
    public static LocalText Of(Substitution s, Window window, string unit)
    {
        var label = s.Span.Label(window);
        var (en, zh) = ($"{s.Parameter.Symbol} of {label} is supplied by {s.Source.Name.En}", $"{label}的{s.Parameter.Symbol}采用{s.Source.Name.Zh}");
        return s.DeterminationId is { } id
            ? new($"{en} by determination {id}{Each(s, r => $"; {r.Source.Name.En} had {r.Had} {unit}")}", $"{zh}（认定{id}）{Each(s, r => $"；{r.Source.Name.Zh}有{r.Had}{UnitZh(unit)}")}")
            : new(
                en + Each(s, r => $"; {r.Source.Name.En} had {r.Had} of the {r.Needed} {unit} needed"),
                zh + Each(s, r => $"；{r.Source.Name.Zh}有{r.Had}{UnitZh(unit)}，至少需要{r.Needed}{UnitZh(unit)}"));
    }

    private static string Each(Substitution s, Func<ReplacedSource, string> words) => string.Concat(s.InsteadOf.Select(words));

    private static string UnitZh(string unit) => unit switch { "days" => "个有效日", "months" => "个有效月", _ => "个数据" };
}
