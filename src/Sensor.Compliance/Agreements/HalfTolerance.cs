using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Rules;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>How far the two halves of a joint sample may lie apart in one parameter. Where both limits are stated, either suffices.</summary>
/// <param name="Parameter">Factor code.</param>
/// <param name="Percent">Most difference in per cent of the mean of the two, 0 to 200; null where not stated.</param>
/// <param name="Absolute">Most difference in the agreed unit, 0 or more; null where not stated.</param>
public sealed record HalfTolerance(string Parameter, Stated<ExactDecimal>? Percent, Stated<ExactDecimal>? Absolute)
{
    private static readonly ExactDecimal TwoHundred = ExactDecimal.From(200);

    /// <summary>Whether two amounts lie within it; a difference that equals a limit does. Exact, nothing is divided.</summary>
    public bool Holds(ExactDecimal first, ExactDecimal second)
    {
        var difference = (first - second).Abs();
        return (Absolute is { } absolute && difference <= absolute.Value)
            || (Percent is { } percent && difference * TwoHundred <= percent.Value * (first + second).Abs());
    }

    internal static HalfTolerance Read(StrictObject json, AgreementContext context)
    {
        var tolerance = new HalfTolerance(
            RuleReader.ReadParameter(json, context),
            context.Stated.OptionalNumber(json, "percent", v => v.Sign >= 0 && v <= TwoHundred, "per cent of the mean of the halves, from 0 to 200"),
            context.Stated.OptionalNumber(json, "absolute", v => v.Sign >= 0, "a difference of 0 or more"));
        if (tolerance is { Percent: null, Absolute: null })
        {
            json.Problem("", "states no tolerance", "Give percent, absolute or both");
        }

        if (tolerance is { Parameter: ParameterCatalogue.PH, Percent: not null })
        {
            json.Problem("percent", "has no meaning for pH, which is a logarithm", "Give absolute");
        }

        json.End();
        return tolerance;
    }

    internal JsonObject ToJson() => new() { { "percent", Percent?.Value.ToString() }, { "absolute", Absolute?.Value.ToString() } };
}
