using System.Globalization;
using Sensor.Compliance.Outcomes;

namespace Sensor.Compliance.Explanations;

/// <summary>The members of a JSON value as indented lines, for steps that differ from rule to rule.</summary>
internal static class ItemLines
{
    public static IEnumerable<string> Of(JsonObject json, string indent) => json.SelectMany(m => Of(m.Key, m.Value, indent));

    /// <summary>A value without members of its own.</summary>
    public static string Plain(JsonItem item) => item switch
    {
        JsonText text => text.Value,
        JsonWhole whole => whole.Value.ToString(CultureInfo.InvariantCulture),
        JsonTruth truth => truth.Value ? "true" : "false",
        _ => "-",
    };

    private static IEnumerable<string> Of(string name, JsonItem item, string indent) => item switch
    {
        JsonObject members when members.All(m => m.Value is not (JsonObject or JsonList)) => [$"{indent}{name}: {string.Join(", ", members.Select(m => $"{m.Key} {Plain(m.Value)}"))}"],
        JsonObject members => Of(members, indent + "  ").Prepend($"{indent}{name}:"),
        JsonList list => list.Items.SelectMany((element, i) => Of($"{name} {i + 1}", element, indent)),
        _ => [$"{indent}{name}: {Plain(item)}"],
    };
}
