using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Settlement;

/// <summary>A party's proportion of something, such as 5 of 1 : 5 : 4.</summary>
/// <param name="Party">The id of the party.</param>
/// <param name="Proportion">Its proportion, 0 or more.</param>
public sealed record Share(string Party, Stated<ExactDecimal> Proportion)
{
    internal static IReadOnlyList<Share> ReadAll(StrictObject json, string member, AgreementContext context)
    {
        var shares = json.Children(member, 1).Select(s => Read(s, context)).ToList();
        if (shares.Count > 0 && shares.All(s => s.Proportion.Value.Sign == 0))
        {
            json.Problem(member, "gives nothing to anybody", "Give at least one share above 0");
        }

        foreach (var (name, times) in Repeats.In(shares.Select(s => s.Party)))
        {
            json.Problem(member, $"names {name} {times} times", "Name each party once");
        }

        return shares;
    }

    /// <summary>The parts of an amount by party.</summary>
    internal static IEnumerable<(string Party, ExactDecimal Amount)> Divide(ExactDecimal amount, IReadOnlyList<Share> shares) =>
        shares.Select(s => s.Party).Zip(Apportionment.Of(amount, [.. shares.Select(s => s.Proportion.Value)], SettlementRule.MoneyDecimals));

    private static Share Read(StrictObject json, AgreementContext context)
    {
        var share = new Share(
            json.Text("party", context.PartyIds.Contains, "one of the parties: " + string.Join(", ", context.PartyIds)),
            context.Stated.Number(json, "share", v => v.Sign >= 0, "a proportion, 0 or more"));
        json.End();
        return share;
    }
}
