using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>Who pays whom how much for one window.</summary>
/// <param name="Payer">The id of the party that pays.</param>
/// <param name="Payee">The id of the party that receives.</param>
/// <param name="Amount">Everything that is due, in units of <paramref name="Currency"/> (yuan, not ten thousands).</param>
/// <param name="Bonus">The part of <paramref name="Amount"/> that is due because a stricter tier is met; null where there is none.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record Payment(string Payer, string Payee, Stated<ExactDecimal> Amount, Stated<ExactDecimal>? Bonus, string Currency)
{
    /// <summary>Reads the member <c>pays</c>; absent or null means that nobody pays.</summary>
    internal static Payment? Read(StrictObject parent, AgreementContext context)
    {
        if (parent.OptionalChild("pays") is not { } json)
        {
            return null;
        }

        var expected = "one of the parties: " + string.Join(", ", context.PartyIds);
        var amount = context.Stated.Number(json, "amount", v => v.Sign > 0, "an amount above 0");
        var bonus = context.Stated.OptionalNumber(json, "bonus", v => v.Sign > 0, "an amount above 0");
        var payment = new Payment(
            json.Text("payer", context.PartyIds.Contains, expected), json.Text("payee", context.PartyIds.Contains, expected), amount, bonus, context.Currency);
        if (payment.Payer.Length > 0 && payment.Payer == payment.Payee)
        {
            json.Problem("payee", "is the payer", "Name the other party");
        }

        if (bonus is not null && bonus.Value > amount.Value)
        {
            json.Problem("bonus", "is more than the amount it is a part of", "Give the whole sum as amount and the part that is a reward as bonus");
        }

        json.End();
        return payment;
    }
}
