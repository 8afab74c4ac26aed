using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary><c>rounded</c>: another measure rounded half-even (GB/T 8170) to a number of decimals, for agreements that compare what they print.</summary>
internal sealed record RoundedMeasure(string Id, string Raw, Stated<int> Decimals) : Measure(Id)
{
    public const string Word = "rounded";

    public override string Kind => Word;

    public override IReadOnlyList<string> Uses => [Raw];

    public override LocalText Words => new($"{Raw} rounded to {Decimals.Value} decimals", $"{Raw}修约至{Decimals.Value}位小数");

    public static RoundedMeasure Read(string id, StrictObject json, AgreementContext context) =>
        new(id, context.ReadMeasure(json, "of"), context.Stated.Whole(json, "decimals", 0, 20));

    public override Finding Of(Findings findings) => findings[Raw] is { Value: { } value }
        ? Finding.Known(value.RoundHalfEven(Decimals.Value), new JsonObject { { "of", value.ToString() } })
        : Finding.Unknown(findings[Raw].Lacking);
}
