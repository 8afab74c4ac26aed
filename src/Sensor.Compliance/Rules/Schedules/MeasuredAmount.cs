using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Rules.Measures;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Schedules;

/// <summary><c>measure</c>: a measure that is itself an amount, such as load × price, a share by water volume, or a sum that grows with an index.</summary>
internal sealed record MeasuredAmount(string Measured, Stated<ExactDecimal>? Cap) : Schedule
{
    public const string Word = "measure";

    public override IReadOnlyList<string> Uses => [Measured];

    public override LocalText Words => new($"{Measured}{CapWords(Cap).En}", $"{Measured}{CapWords(Cap).Zh}");

    public static MeasuredAmount Read(StrictObject json, AgreementContext context) => new(context.ReadMeasure(json, "of"), ReadCap(json, context));

    public override Finding Of(Findings findings) => findings[Measured] is { Value: { } amount }
        ? Capped(amount, Cap, new JsonObject { { "kind", Word }, { "of", Measured }, { "value", amount.ToString() } })
        : Finding.Unknown(findings[Measured].Lacking);
}
