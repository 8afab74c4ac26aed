using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Rules;

/// <summary>A step of a rule's schedule.</summary>
/// <param name="Id">Its id in the agreement.</param>
/// <param name="Pays">Who pays whom; null where nobody pays.</param>
internal sealed record Tier(string Id, Payment? Pays)
{
    /// <summary>The words of its payment.</summary>
    public LocalText Words => Pays is null
        ? new("nobody pays", "各方均不支付")
        : new(
            $"{Pays.Payer} pays {Pays.Payee} {Pays.Amount.Value} {Pays.Currency}{(Pays.Bonus is { } b ? $", of which {b.Value} bonus" : "")}",
            $"{Pays.Payer}向{Pays.Payee}支付{Pays.Amount.Value} {Pays.Currency}{(Pays.Bonus is { } z ? $"（其中奖励{z.Value}）" : "")}");

    /// <summary>What is due when it is reached.</summary>
    public IReadOnlyList<Due> Dues => Pays is null ? [] : [new Due(Id, Pays.Payer, Pays.Payee, Pays.Amount.Value, Pays.Bonus?.Value, Pays.Currency)];
}
