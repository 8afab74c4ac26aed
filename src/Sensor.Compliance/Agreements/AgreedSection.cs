using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>A monitored cross-section at the boundary.</summary>
/// <param name="Section">Its name as the data write it.</param>
/// <param name="WaterBody">Which limits of GB 3838 apply to it.</param>
/// <param name="Name">Its name for people.</param>
public sealed record AgreedSection(string Section, WaterBody WaterBody, LocalText Name)
{
    private static readonly string[] Roles = ["upstream", "downstream"];

    /// <summary>The agreed sections from which its water comes, by name; empty where nothing is measured upstream of it.</summary>
    public IReadOnlyList<string> Inflows { get; init; } = [];

    /// <summary>Which party is <c>upstream</c> and which <c>downstream</c> of it, where clauses speak of roles.</summary>
    public IReadOnlyDictionary<string, string> Parties { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Numbers that the agreement states for this section alone, by name.</summary>
    public IReadOnlyDictionary<string, Stated<ExactDecimal>> Numbers { get; init; } = new Dictionary<string, Stated<ExactDecimal>>(StringComparer.Ordinal);

    /// <summary>Whether other sections are compared with it and it has no outcome of its own.</summary>
    public bool ReferenceOnly { get; init; }

    /// <summary>Reads a section; what refers to other sections is checked by <see cref="CheckInflows"/>.</summary>
    internal static AgreedSection Read(StrictObject json, StatedReader stated, IReadOnlyList<string> parties)
    {
        var section = new AgreedSection(
            json.Text("section", Names.IsSection, "the section's name as the data write it, 1 to 64 characters"),
            json.Word("waterBody", ["river", "lake"]) == "lake" ? WaterBody.Lake : WaterBody.River,
            LocalText.Read(json.Child("name")))
        {
            Inflows = json.Texts("inflows", 0, Names.IsSection, "the name of another agreed section"),
            ReferenceOnly = json.Truth("referenceOnly", false),
            Parties = json.OptionalChild("parties") is { } roles ? ReadRoles(roles, parties) : new Dictionary<string, string>(StringComparer.Ordinal),
            Numbers = json.OptionalChild("numbers") is { } numbers ? ReadNumbers(numbers, stated) : new Dictionary<string, Stated<ExactDecimal>>(StringComparer.Ordinal),
        };
        json.End();
        return section;
    }

    /// <summary>Notes inflows that are not agreed sections, or the section itself.</summary>
    internal static void CheckInflows(StrictObject agreement, IReadOnlyList<AgreedSection> sections)
    {
        foreach (var (section, inflow) in sections.SelectMany(s => s.Inflows.Select(i => (s.Section, i))).Where(p => p.i.Length > 0))
        {
            if (inflow == section || sections.All(s => s.Section != inflow))
            {
                agreement.Problem("sections", $"names {inflow} as an inflow of {section}, which is not another agreed section", "Add it to sections, or remove it from inflows");
            }
        }
    }

    private static Dictionary<string, string> ReadRoles(StrictObject json, IReadOnlyList<string> parties)
    {
        var roles = Roles.ToDictionary(r => r, r => json.Text(r, parties.Contains, "one of the parties: " + string.Join(", ", parties)), StringComparer.Ordinal);
        if (roles["upstream"].Length > 0 && roles["upstream"] == roles["downstream"])
        {
            json.Problem("downstream", "is the same party as upstream", "Name the other party");
        }

        json.End();
        return roles;
    }

    private static Dictionary<string, Stated<ExactDecimal>> ReadNumbers(StrictObject json, StatedReader stated)
    {
        var numbers = json.MemberNames.ToDictionary(name => name, name => stated.Number(json, name, _ => true, "a number"), StringComparer.Ordinal);
        foreach (var name in numbers.Keys.Where(n => !Names.IsLowerId(n)))
        {
            json.Problem(name, "is not a name of lower-case letters, digits and -", "Rename it");
        }

        json.End();
        return numbers;
    }
}
