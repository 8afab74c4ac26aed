using Sensor.Compliance.Agreements;
using Sensor.Compliance.Rules.Clauses;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules;

/// <summary>Reads the member <c>rule</c> of an agreement. A new rule is one file and one line here.</summary>
internal static class RuleReader
{
    public static Rule Read(StrictObject json, AgreementContext context)
    {
        Rule rule = json.Word("kind", [WeightedIndex.Kind, ClassTarget.Kind, ClauseRule.Word]) switch
        {
            ClassTarget.Kind => ClassTarget.Read(json, context),
            ClauseRule.Word => ClauseRule.Read(json, context),
            _ => WeightedIndex.Read(json, context),
        };
        json.End();
        return rule;
    }

    /// <summary>The id and payment of a tier; the caller reads its condition and ends the object.</summary>
    public static Tier ReadTier(StrictObject json, AgreementContext context) =>
        new(json.Text("id", t => t.Length <= 32, "an id of at most 32 characters"), Payment.Read(json, context));

    /// <summary>A tier that has no condition of its own.</summary>
    public static Tier ReadPlainTier(StrictObject json, AgreementContext context)
    {
        var tier = ReadTier(json, context);
        json.End();
        return tier;
    }

    public static string ReadParameter(StrictObject json, AgreementContext context) =>
        json.Text("parameter", context.ParameterCodes.Contains, "one of the agreement's parameters: " + string.Join(", ", context.ParameterCodes));
}
