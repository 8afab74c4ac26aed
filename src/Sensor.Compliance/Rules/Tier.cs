using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Rules;

/// <summary>A step of a rule's schedule.</summary>
/// <param name="Id">Its id in the agreement.</param>
/// <param name="Pays">Who pays whom; null where nobody pays.</param>
internal sealed record Tier(string Id, Payment? Pays)
{
    /// <summary>What is due when it is reached.</summary>
    public IReadOnlyList<Due> Dues => Pays is null ? [] : [new Due(Id, Pays.Payer, Pays.Payee, Pays.Amount.Value, Pays.Bonus?.Value, Pays.Currency)];
}
