using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Rules.Measures;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Schedules;

/// <summary>
/// <c>perStep</c>: so much for each begun step of a measure above 0: ⌈measure ÷ width⌉ × each. The upper bound of a step still belongs to it:
/// with a width of 0.2, exactly 0.2 is one step. Nothing at 0 and below.
/// </summary>
internal sealed record PerStep(string Measured, Stated<ExactDecimal> Width, Stated<ExactDecimal> Each, Stated<ExactDecimal>? Cap) : Schedule
{
    public const string Word = "perStep";

    public override IReadOnlyList<string> Uses => [Measured];

    public override LocalText Words => new(
        $"{Each.Value} for each begun step of {Width.Value} of {Measured}{CapWords(Cap).En}", $"{Measured}每{Width.Value}为一级（含上限），每级{Each.Value}{CapWords(Cap).Zh}");

    public static PerStep Read(StrictObject json, AgreementContext context) => new(
        context.ReadMeasure(json, "of"),
        context.Stated.Number(json, "width", v => v.Sign > 0, "a width above 0"),
        ReadAmount(json, "each", context),
        ReadCap(json, context));

    public override Finding Of(Findings findings)
    {
        if (findings[Measured].Value is not { } value)
        {
            return Finding.Unknown(findings[Measured].Lacking);
        }

        var steps = value.Sign <= 0 ? 0 : StepsOf(value);
        return Capped(new ExactDecimal(steps, 0) * Each.Value, Cap, new JsonObject
        {
            { "kind", Word }, { "of", Measured }, { "value", value.ToString() }, { "width", Width.Value.ToString() },
            { "steps", steps.ToString(System.Globalization.CultureInfo.InvariantCulture) }, { "each", Each.Value.ToString() },
        });
    }

    /// <summary>⌈value ÷ width⌉ on whole numbers: no quotient is rounded on the way.</summary>
    private System.Numerics.BigInteger StepsOf(ExactDecimal value)
    {
        var scale = int.Max(value.Scale, Width.Value.Scale);
        var dividend = (value * new ExactDecimal(System.Numerics.BigInteger.Pow(10, scale), 0)).Mantissa;
        var divisor = (Width.Value * new ExactDecimal(System.Numerics.BigInteger.Pow(10, scale), 0)).Mantissa;
        return (dividend + divisor - 1) / divisor;
    }
}
