using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>The class of a set of values: the worst class of any single factor. Source: 环办〔2011〕22号, 单因子评价法.</summary>
/// <param name="Class">The class, or null when a required parameter is missing: what was measured cannot speak for what was not.</param>
/// <param name="DecidedBy">Every parameter at that class, by ordinal order of code; empty without a class.</param>
/// <param name="Missing">Every required parameter without a value, by ordinal order of code.</param>
public sealed record Classification(WaterClass? Class, IReadOnlyList<string> DecidedBy, IReadOnlyList<string> Missing)
{
    /// <summary>Classifies values by factor code; parameters that do not take part are passed over.</summary>
    /// <param name="rule">How.</param>
    /// <param name="values">The usable values, in the units of the standard.</param>
    public static Classification Of(ClassificationRule rule, IReadOnlyDictionary<string, ExactDecimal> values)
    {
        var missing = rule.Required.Where(parameter => !values.ContainsKey(parameter)).ToList();
        var classes = values
            .Select(value => (Parameter: value.Key, Class: rule.ClassOf(value.Key, value.Value)))
            .Where(factor => factor.Class is not null)
            .ToList();
        if (missing.Count > 0 || classes.Count == 0)
        {
            return new Classification(null, [], missing);
        }

        var worst = classes.Max(factor => factor.Class);
        return new Classification(worst, [.. classes.Where(f => f.Class == worst).Select(f => f.Parameter).Order(StringComparer.Ordinal)], missing);
    }
}
