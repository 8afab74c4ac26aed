using Sensor.Compliance.Agreements;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Conditions;

/// <summary>Reads conditions. A new kind is one file and one line here.</summary>
internal static class ConditionReader
{
    public static Condition Read(StrictObject json, AgreementContext context)
    {
        var condition = ReadOne(json, context);
        json.End();
        return condition;
    }

    private static Condition ReadOne(StrictObject json, AgreementContext context)
    {
        if (json.Has("all"))
        {
            var parts = ReadParts(json, "all", context);
            return new CountOf("all", parts.Count, parts);
        }

        if (json.Has("any"))
        {
            return new CountOf("any", 1, ReadParts(json, "any", context));
        }

        if (json.Has("of"))
        {
            var parts = ReadParts(json, "of", context);
            return new CountOf("atLeast", (int)json.Whole("atLeast", 1, int.Max(1, parts.Count)), parts);
        }

        return json.OptionalChild("not") is { } other ? new Not(Read(other, context)) : Comparison.Read(json, context);
    }

    private static List<Condition> ReadParts(StrictObject json, string member, AgreementContext context) =>
        [.. json.Children(member, 1).Select(part => Read(part, context))];
}
