using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaterWatch.Demo;

/// <summary>The agreements of the demo; all of them are illustrative.</summary>
internal static class DemoAgreements
{
    private const string Template = "class-iii-quarterly.json";

    /// <summary>
    /// Puts the agreements into a folder: those that come with the demo, and, for sections that none of them knows, the class agreement
    /// stretched over these sections and the years of their data.
    /// </summary>
    public static void Write(string folder, IReadOnlyList<RecordedSection> sections)
    {
        Directory.CreateDirectory(folder);
        var shipped = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "agreements"), "*.json");
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in shipped)
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            var agreement = JsonNode.Parse(File.ReadAllText(file))!;
            known.UnionWith(agreement["sections"]!.AsArray().Select(s => s!["section"]!.GetValue<string>()));
        }

        var unknown = sections.Where(s => !known.Contains(s.Section)).ToArray();
        if (unknown.Length > 0)
        {
            Stretch(shipped.Single(f => Path.GetFileName(f) == Template), Path.Combine(folder, "class-iii-given-data.json"), unknown);
        }
    }

    private static void Stretch(string template, string file, RecordedSection[] sections)
    {
        var agreement = JsonNode.Parse(File.ReadAllText(template))!;
        agreement["id"] = "class-iii-given-data";
        agreement["title"] = new JsonObject { ["en"] = "Class III by quarter, over the given data", ["zh"] = "按季度考核Ⅲ类水质（所给数据）" };
        agreement["sections"] = new JsonArray([.. sections.Select(s => new JsonObject
        {
            ["section"] = s.Section,
            ["waterBody"] = "river",
            ["name"] = new JsonObject { ["en"] = s.Name, ["zh"] = s.Section },
        })]);
        agreement["inForce"] = new JsonObject
        {
            ["from"] = $"{sections.Min(s => s.From).ToDateTimeOffset().Year:D4}-01-01",
            ["to"] = $"{sections.Max(s => s.To).ToDateTimeOffset().Year:D4}-12-31",
        };
        File.WriteAllText(file, agreement.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }
}
