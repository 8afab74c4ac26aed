using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Compliance.Standards;

/// <summary>The mean of one indicator over time or over sections. Source: 环办〔2011〕22号, 数据统计; for pH also 总站水字〔2020〕90号.</summary>
public static class IndicatorMean
{
    /// <summary>The arithmetic mean, one quotient; of pH as the rule says. Nothing else is rounded.</summary>
    /// <param name="parameter">National factor code.</param>
    /// <param name="values">At least one value, in any order.</param>
    /// <param name="phMean">How pH is averaged; of no consequence for other parameters.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static ExactDecimal Of(string parameter, IReadOnlyCollection<ExactDecimal> values, PhMeanRule phMean) => values.Count == 0
        ? throw new ArgumentException("A mean needs at least one value.", nameof(values))
        : parameter == ParameterCatalogue.PH && phMean == PhMeanRule.HydrogenIon
            ? PhMean.Of(values)
            : ExactDecimal.Quotient(ExactDecimal.Sum(values), ExactDecimal.From(values.Count));
}
