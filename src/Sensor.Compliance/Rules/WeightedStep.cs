using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;

namespace Sensor.Compliance.Rules;

/// <summary>One parameter's way into the index: mean, ratio to the baseline, weighted ratio.</summary>
internal sealed record WeightedStep(WeightedTerm Term, ExactDecimal Mean, ExactDecimal Used, ExactDecimal Ratio, ExactDecimal Weighted)
{
    public static WeightedStep Of(WeightedTerm term, ExactDecimal mean, InputRounding rounding)
    {
        var used = rounding.Apply(term.Parameter, mean);
        var ratio = ExactDecimal.Quotient(used, term.Baseline.Value);
        return new WeightedStep(term, mean, used, ratio, term.Weight.Value * ratio);
    }

    public JsonObject ToJson() => new()
    {
        { "parameter", Term.Parameter },
        { "mean", Mean.ToString() },
        { "used", Used.ToString() },
        { "baseline", Term.Baseline.Value.ToString() },
        { "ratio", Ratio.ToString() },
        { "weight", Term.Weight.Value.ToString() },
        { "weighted", Weighted.ToString() },
    };
}
