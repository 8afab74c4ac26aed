using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Outcomes.Differences;

/// <summary>How much more one party gets by the later outcome; below 0 when it gets less or pays more.</summary>
/// <param name="Party">The party's id in the agreement.</param>
/// <param name="Value">The difference, in units of the currency: what it receives less what it pays, after less before.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record PaymentEffect(string Party, ExactDecimal Value, string Currency)
{
    /// <summary>The members <c>party</c>, <c>value</c> and <c>currency</c>.</summary>
    public JsonObject ToJson() => new() { { "party", Party }, { "value", Value.ToString() }, { "currency", Currency } };

    /// <summary>
    /// What changes for every party, the payee of the later outcome first, or of the earlier one where nobody pays any more; then ordinally.
    /// Where payer and payee swap, each side moves by the sum of both amounts.
    /// </summary>
    internal static IReadOnlyList<PaymentEffect> Between(DocumentPayment? before, DocumentPayment? after)
    {
        var first = (after ?? before)?.Payee;
        return [.. Moves(after, 1).Concat(Moves(before, -1))
            .GroupBy(m => (m.Party, m.Currency))
            .Select(g => new PaymentEffect(g.Key.Party, ExactDecimal.Sum(g.Select(m => m.Value)), g.Key.Currency))
            .Where(e => e.Value.Sign != 0)
            .OrderBy(e => e.Party == first ? 0 : 1).ThenBy(e => e.Party, StringComparer.Ordinal).ThenBy(e => e.Currency, StringComparer.Ordinal)];
    }

    internal string En() => $"{Party} gets {Value.Abs()} {Currency} {(Value.Sign > 0 ? "more" : "less")}";

    internal string Zh() => $"{Party}所得{(Value.Sign > 0 ? "增加" : "减少")}{Value.Abs()} {Currency}";

    private static IEnumerable<PaymentEffect> Moves(DocumentPayment? pays, int sign)
    {
        if (pays is not null)
        {
            var amount = sign > 0 ? pays.Amount : -pays.Amount;
            yield return new PaymentEffect(pays.Payee, amount, pays.Currency);
            yield return new PaymentEffect(pays.Payer, -amount, pays.Currency);
        }
    }
}
