using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace WaterWatch.Demo;

/// <summary>The station that stands at a section, and the section's English name.</summary>
/// <param name="Station">The station id.</param>
/// <param name="Name">The name for people.</param>
internal sealed record SectionNames(string Station, string Name)
{
    /// <summary>Reads <c>sections.json</c>; without that file stations are numbered.</summary>
    /// <exception cref="DocumentException">The file has mistakes.</exception>
    public static IReadOnlyDictionary<string, SectionNames> Read(string file) => File.Exists(file)
        ? StrictDocument.Read(file, File.ReadAllBytes(file), Sections)
        : new Dictionary<string, SectionNames>();

    private static Dictionary<string, SectionNames> Sections(StrictObject root)
    {
        var sections = new Dictionary<string, SectionNames>(StringComparer.Ordinal);
        foreach (var section in root.Children("sections", 1))
        {
            var name = section.Text("section", Names.IsSection, "a section's name");
            sections[name] = new SectionNames(section.Text("station", Names.IsStation, "a station id of capital letters, digits and -"), section.Text("name"));
            foreach (var member in new[] { "province", "river" })
            {
                var text = section.Child(member);
                text.Text("en");
                text.Text("zh");
                text.End();
            }

            section.Word("waterBody", ["river", "lake"]);
            section.Text("file");
            section.End();
        }

        return sections;
    }
}
