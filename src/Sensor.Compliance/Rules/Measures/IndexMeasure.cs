using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>
/// <c>index</c>: k0 × Σ weight × of ÷ to, of measures. With fixed numbers as <c>to</c> it is the index P of the Xin'anjiang family; with a mean of an earlier
/// window it is P against the year before. Each quotient is rounded once to 20 decimals.
/// </summary>
internal sealed record IndexMeasure(string Id, Stated<ExactDecimal> K0, IReadOnlyList<IndexTerm> Terms) : Measure(Id)
{
    public const string Word = "index";

    public override string Kind => Word;

    public override IReadOnlyList<string> Uses => [.. Terms.SelectMany(t => new[] { t.Of, t.To }).Distinct(StringComparer.Ordinal)];

    public override LocalText Words
    {
        get
        {
            var sum = string.Join(" + ", Terms.Select(t => $"{t.Weight.Value} × {t.Of} ÷ {t.To}"));
            return new($"{K0.Value} × ({sum})", $"{K0.Value} ×（{sum}）");
        }
    }

    public static IndexMeasure Read(string id, StrictObject json, AgreementContext context) => new(
        id,
        context.Stated.Number(json, "k0", v => v.Sign > 0, "a coefficient above 0"),
        [.. json.Children("terms", 1).Select(t => ReadTerm(t, context))]);

    public override Finding Of(Findings findings)
    {
        var (values, lacking) = findings.All(Uses);
        if (values is null)
        {
            return Finding.Unknown(lacking);
        }

        if (Terms.FirstOrDefault(t => findings[t.To].Value!.Value.Sign <= 0) is { } divisor)
        {
            return Finding.Unknown([QuotientMeasure.NoDivisor(divisor.To)]);
        }

        var steps = Terms.Select(t => (Term: t, Ratio: ExactDecimal.Quotient(findings[t.Of].Value!.Value, findings[t.To].Value!.Value))).ToList();
        var sum = ExactDecimal.Sum(steps.Select(s => s.Term.Weight.Value * s.Ratio));
        return Finding.Known(K0.Value * sum, new JsonObject
        {
            { "k0", K0.Value.ToString() },
            { "terms", JsonList.Of(steps, s => new JsonObject
                {
                    { "of", s.Term.Of }, { "to", s.Term.To }, { "ratio", s.Ratio.ToString() }, { "weight", s.Term.Weight.Value.ToString() },
                    { "weighted", (s.Term.Weight.Value * s.Ratio).ToString() },
                })
            },
            { "weightedSum", sum.ToString() },
        });
    }

    /// <summary>Linear when each <c>of</c> is a mean of its own and no <c>to</c> depends on the window; a missing day counts as its <c>to</c>.</summary>
    public override IReadOnlyDictionary<string, ExactDecimal>? LinearIn(Findings findings)
    {
        var units = new Dictionary<string, ExactDecimal>(StringComparer.Ordinal);
        foreach (var term in Terms)
        {
            if (QuotientMeasure.DependsOnWindow(findings, term.To) || findings[term.To].Value is not { } to
                || findings.Measure(term.Of).LinearIn(findings) is not { Count: 1 } of || !units.TryAdd(of.Keys.First(), to))
            {
                return null;
            }
        }

        return units;
    }

    private static IndexTerm ReadTerm(StrictObject json, AgreementContext context)
    {
        var term = new IndexTerm(
            context.ReadMeasure(json, "of"), context.ReadMeasure(json, "to"), context.Stated.Number(json, "weight", v => v.Sign > 0, "a weight above 0"));
        json.End();
        return term;
    }
}

/// <summary>A part of the index.</summary>
internal sealed record IndexTerm(string Of, string To, Stated<ExactDecimal> Weight);
