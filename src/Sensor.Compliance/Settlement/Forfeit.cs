using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Settlement;

/// <summary>What a party loses of its part of a pool when a section fails, and to whom it goes.</summary>
/// <param name="Section">The section.</param>
/// <param name="Party">The id of the party that loses.</param>
/// <param name="Percent">How many per cent of its own part, above 0 and at most 100.</param>
/// <param name="To">Who gets it, in which proportions.</param>
public sealed record Forfeit(string Section, string Party, Stated<ExactDecimal> Percent, IReadOnlyList<Share> To)
{
    internal static Forfeit Read(StrictObject json, AgreementContext context)
    {
        var forfeit = new Forfeit(
            json.Text("section", name => context.Sections.Any(s => s.Section == name), "one of the agreement's sections"),
            json.Text("party", context.PartyIds.Contains, "one of the parties: " + string.Join(", ", context.PartyIds)),
            context.Stated.Number(json, "percent", v => v.Sign > 0 && v <= ExactDecimal.From(100), "a percentage above 0 and at most 100"),
            Share.ReadAll(json, "to", context));
        json.End();
        return forfeit;
    }
}
