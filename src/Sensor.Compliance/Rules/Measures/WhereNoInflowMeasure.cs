using Sensor.Compliance.Agreements;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>
/// <c>whereNoInflow</c>: a measure of the inflow at sections that have one, another measure at those that have none. It never stands in for data that
/// are missing.
/// </summary>
internal sealed record WhereNoInflowMeasure(string Id, string Inflow, string Otherwise) : Measure(Id)
{
    public const string Word = "whereNoInflow";

    public override string Kind => Word;

    public override IReadOnlyList<string> Uses => [Inflow, Otherwise];

    public override LocalText Words => new($"{Inflow}, or {Otherwise} where there is no inflow", $"{Inflow}；无入境断面时为{Otherwise}");

    public static WhereNoInflowMeasure Read(string id, StrictObject json, AgreementContext context) =>
        new(id, context.ReadMeasure(json, "of"), context.ReadMeasure(json, "otherwise"));

    public override Finding Of(Findings findings) => findings[findings.Scope.Section.Inflows.Count > 0 ? Inflow : Otherwise];
}
