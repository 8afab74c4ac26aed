using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>
/// One measure against another: <c>ratio</c> of ÷ to; <c>exceedance</c> (of − to) ÷ to, the multiple by which a limit is exceeded, negative where it is met;
/// <c>change</c> 100 × (of − to) ÷ to, in percentage points. One quotient, rounded once to 20 decimals; the divisor must be above 0.
/// </summary>
internal sealed record QuotientMeasure(string Id, string Word, string Dividend, string To) : Measure(Id)
{
    public const string Ratio = "ratio";
    public const string Exceedance = "exceedance";
    public const string Change = "change";

    public override string Kind => Word;

    public override IReadOnlyList<string> Uses => [Dividend, To];

    public override LocalText Words => Word switch
    {
        Ratio => new($"{Dividend} ÷ {To}", $"{Dividend} ÷ {To}"),
        Exceedance => new($"by how many times {Dividend} exceeds {To}", $"{Dividend}超过{To}的倍数"),
        _ => new($"the change of {Dividend} from {To} in per cent", $"{Dividend}较{To}的变化率（%）"),
    };

    public static QuotientMeasure Read(string id, string word, StrictObject json, AgreementContext context) =>
        new(id, word, context.ReadMeasure(json, "of"), context.ReadMeasure(json, "to"));

    public override Finding Of(Findings findings)
    {
        var (values, lacking) = findings.All(Uses);
        if (values is null)
        {
            return Finding.Unknown(lacking);
        }

        var (of, to) = (values[0], values[1]);
        return to.Sign <= 0 ? Finding.Unknown([NoDivisor(To)]) : Finding.Known(
            Word switch
            {
                Ratio => ExactDecimal.Quotient(of, to),
                Exceedance => ExactDecimal.Quotient(of - to, to),
                _ => ExactDecimal.Quotient(ExactDecimal.From(100) * (of - to), to),
            },
            new JsonObject { { "of", of.ToString() }, { "to", to.ToString() } });
    }

    public override IReadOnlyDictionary<string, ExactDecimal>? LinearIn(Findings findings) =>
        DependsOnWindow(findings, To) ? null : findings.Measure(Dividend).LinearIn(findings);

    /// <summary>Nothing can be divided by 0, nor a change be told from it.</summary>
    public static Reason NoDivisor(string id) => new("no-divisor", $"{id} is not above 0, so nothing can be compared with it", $"{id}不大于0，无法比较", new JsonObject { { "measure", id } });

    /// <summary>Whether a measure depends on the amounts of the window itself, directly or through others.</summary>
    internal static bool DependsOnWindow(Findings findings, string id)
    {
        var measure = findings.Measure(id);
        return measure.Parameters.Count > 0 || measure.Uses.Any(u => DependsOnWindow(findings, u));
    }
}
