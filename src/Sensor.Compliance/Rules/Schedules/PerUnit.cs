using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Rules.Measures;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Schedules;

/// <summary><c>perUnit</c>: so much for each unit of a measure (a class, a percentage point, a day, a tonne), fractions in proportion; nothing below 0.</summary>
internal sealed record PerUnit(string Measured, Stated<ExactDecimal> Each, Stated<ExactDecimal>? Cap) : Schedule
{
    public const string Word = "perUnit";

    public override IReadOnlyList<string> Uses => [Measured];

    public override LocalText Words => new($"{Each.Value} for each 1 of {Measured}{CapWords(Cap).En}", $"{Measured}每1单位{Each.Value}{CapWords(Cap).Zh}");

    public static PerUnit Read(StrictObject json, AgreementContext context) =>
        new(context.ReadMeasure(json, "of"), ReadAmount(json, "each", context), ReadCap(json, context));

    public override Finding Of(Findings findings) => findings[Measured] is { Value: { } units }
        ? Capped(Each.Value * units, Cap, new JsonObject { { "kind", Word }, { "of", Measured }, { "units", units.ToString() }, { "each", Each.Value.ToString() } })
        : Finding.Unknown(findings[Measured].Lacking);
}
