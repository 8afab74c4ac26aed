using Sensor.Compliance.Agreements;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules;

/// <summary>Reads the rule from an agreement.</summary>
internal sealed partial record WeightedIndex
{
    public static WeightedIndex Read(StrictObject json, AgreementContext context)
    {
        var rule = new WeightedIndex
        {
            K0 = context.Stated.Number(json, "k0", v => v.Sign > 0, "a coefficient above 0"),
            Terms = ReadTerms(json, context),
            RoundInputs = InputRoundings.Read(json),
            RoundIndexTo = json.Whole("roundIndexTo", 0, 20, -1) is >= 0 and var decimals ? (int)decimals : null,
            CompareRounded = json.Word("compareOn", ["raw", "rounded"]) == "rounded",
            Tiers = ReadTiers(json, context),
            Otherwise = RuleReader.ReadPlainTier(json.Child("otherwise"), context),
        };
        if (rule is { CompareRounded: true, RoundIndexTo: null })
        {
            json.Problem("compareOn", "is rounded, but roundIndexTo is not given", "Give the decimals in roundIndexTo, or compare on raw");
        }

        return rule;
    }

    private static List<WeightedTerm> ReadTerms(StrictObject json, AgreementContext context)
    {
        var terms = json.Children("terms", 1).Select(t => ReadTerm(t, context)).ToList();
        foreach (var (name, times) in Repeats.In(terms.Select(t => t.Parameter)))
        {
            json.Problem("terms", $"names {name} {times} times", "Give each parameter one weight and one baseline");
        }

        return terms;
    }

    private static WeightedTerm ReadTerm(StrictObject json, AgreementContext context)
    {
        var term = new WeightedTerm(
            RuleReader.ReadParameter(json, context),
            context.Stated.Number(json, "weight", v => v.Sign > 0, "a weight above 0"),
            context.Stated.Number(json, "baseline", v => v.Sign > 0, "a baseline concentration above 0"));
        if (term.Parameter is ParameterCatalogue.PH or ParameterCatalogue.DissolvedOxygen)
        {
            json.Problem("parameter", $"is {ParameterCatalogue.Find(term.Parameter)!.Symbol}, of which less is not better", "Use parameters that pollute");
        }

        json.End();
        return term;
    }

    private static List<IndexTier> ReadTiers(StrictObject json, AgreementContext context)
    {
        var tiers = json.Children("tiers", 1).Select(t => ReadTier(t, context)).ToList();
        if (tiers.Zip(tiers.Skip(1)).Any(pair => pair.First.AtMost.Value >= pair.Second.AtMost.Value))
        {
            json.Problem("tiers", "are not in rising order of atMost", "Put the strictest tier first; the first whose limit is not exceeded is reached");
        }

        return tiers;
    }

    private static IndexTier ReadTier(StrictObject json, AgreementContext context)
    {
        var tier = new IndexTier(RuleReader.ReadTier(json, context), context.Stated.Number(json, "atMost", v => v.Sign > 0, "a limit above 0"));
        json.End();
        return tier;
    }
}
