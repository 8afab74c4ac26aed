using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Agreements;

/// <summary>An amount that one party owes another for one window.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Clause">The id of the tier or clause of the agreement that says so.</param>
/// <param name="Payer">The id of the party that pays.</param>
/// <param name="Payee">The id of the party that receives.</param>
/// <param name="Amount">Everything that is due, above 0, in units of <paramref name="Currency"/> (yuan, not ten thousands).</param>
/// <param name="Bonus">The part of <paramref name="Amount"/> that rewards more than the target; null where there is none.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record Due(string Clause, string Payer, string Payee, ExactDecimal Amount, ExactDecimal? Bonus, string Currency)
{
    /// <summary>What remains when the dues of a window are set off against each other, where that is between two parties at most.</summary>
    /// <returns>One due; null where nothing remains or more than two parties are concerned.</returns>
    /// <remarks>A bonus survives only where nothing flows the other way: what is left after a set-off is no longer a reward.</remarks>
    internal static Due? Net(IReadOnlyList<Due> dues)
    {
        if (dues.Count <= 1)
        {
            return dues.Count == 0 ? null : dues[0];
        }

        var (payer, payee) = (dues[0].Payer, dues[0].Payee);
        if (dues.Any(d => (d.Payer != payer || d.Payee != payee) && (d.Payer != payee || d.Payee != payer)))
        {
            return null;
        }

        var forth = dues.Where(d => d.Payer == payer).ToList();
        var sum = ExactDecimal.Sum(forth.Select(d => d.Amount)) - ExactDecimal.Sum(dues.Where(d => d.Payer != payer).Select(d => d.Amount));
        var bonuses = forth.Count == dues.Count ? forth.Where(d => d.Bonus is not null).Select(d => d.Bonus!.Value).ToList() : [];
        return sum.Sign switch
        {
            0 => null,
            > 0 => new Due(dues[0].Clause, payer, payee, sum, bonuses.Count == 0 ? null : ExactDecimal.Sum(bonuses), dues[0].Currency),
            _ => new Due(dues[0].Clause, payee, payer, -sum, null, dues[0].Currency),
        };
    }
}
