using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Rules.Measures;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Schedules;

/// <summary><c>fixed</c>: one amount.</summary>
internal sealed record FixedAmount(Stated<ExactDecimal> Amount) : Schedule
{
    public const string Word = "fixed";

    public override IReadOnlyList<string> Uses => [];

    public override LocalText Words => new($"{Amount.Value}", $"{Amount.Value}");

    public static FixedAmount Read(StrictObject json, AgreementContext context) => new(ReadAmount(json, "amount", context));

    public override Finding Of(Findings findings) => Finding.Known(Amount.Value, new JsonObject { { "kind", Word } });
}
