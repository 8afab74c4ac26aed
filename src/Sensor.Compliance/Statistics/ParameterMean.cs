using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Statistics;

/// <summary>The mean of a parameter: through the hydrogen ion for pH, arithmetic for all others.</summary>
internal static class ParameterMean
{
    /// <summary>The mean; null where there are no values.</summary>
    public static ExactDecimal? Of(AgreedParameter parameter, IReadOnlyList<ExactDecimal> values) => values.Count == 0
        ? null
        : parameter.IsPH
            ? PhMean.Of(values)
            : ExactDecimal.Quotient(ExactDecimal.Sum(values), ExactDecimal.From(values.Count));
}
