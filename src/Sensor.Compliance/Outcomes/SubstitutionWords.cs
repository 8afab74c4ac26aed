using Sensor.Compliance.Agreements;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>Says why a source stood in for others.</summary>
internal static class SubstitutionWords
{
    /// <summary>The words.</summary>
    /// <param name="s">The substitution.</param>
    /// <param name="unit">What is counted: <c>values</c>, <c>days</c> or <c>months</c>.</param>
    public static LocalText Of(Substitution s, string unit)
    {
        var unitZh = unit switch { "days" => "天有效", "months" => "个月有效", _ => "个数据" };
        return s.DeterminationId is { } id
            ? new(
                $"{s.Source.Name.En} supplies {s.Parameter.Symbol} of {s.Span.Label} by determination {id}{string.Concat(s.InsteadOf.Select(r => $"; {r.Source.Name.En} had {r.Had} {unit}"))}",
                $"{s.Span.Label}的{s.Parameter.Symbol}经认定（{id}）采用{s.Source.Name.Zh}{string.Concat(s.InsteadOf.Select(r => $"；{r.Source.Name.Zh}有{r.Had}{unitZh}"))}")
            : new(
                $"{s.Source.Name.En} supplies {s.Parameter.Symbol} of {s.Span.Label}{string.Concat(s.InsteadOf.Select(r => $"; {r.Source.Name.En} had {r.Had} of {r.Needed} {unit}"))}",
                $"{s.Span.Label}的{s.Parameter.Symbol}采用{s.Source.Name.Zh}{string.Concat(s.InsteadOf.Select(r => $"；{r.Source.Name.Zh}{r.Had}{unitZh}，至少需要{r.Needed}"))}");
    }
}
