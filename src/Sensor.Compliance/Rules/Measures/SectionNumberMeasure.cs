using Sensor.Compliance.Agreements;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary><c>sectionNumber</c>: a number that the agreement states for each of its sections, such as a target class or a price.</summary>
internal sealed record SectionNumberMeasure(string Id, string Name) : Measure(Id)
{
    public const string Word = "sectionNumber";

    public override string Kind => Word;

    public override LocalText Words => new($"the section's own {Name}", $"断面的{Name}");

    public static SectionNumberMeasure Read(string id, StrictObject json, AgreementContext context)
    {
        var name = json.Text("name", Names.IsLowerId, "a name of lower-case letters, digits and -");
        foreach (var section in context.Sections.Where(s => name.Length > 0 && !s.Numbers.ContainsKey(name)))
        {
            json.Problem("name", $"is {name}, which section {section.Section} does not state", $"Add {name} to sections[].numbers of every section");
        }

        return new SectionNumberMeasure(id, name);
    }

    public override Finding Of(Findings findings) => Finding.Known(findings.Scope.Section.Numbers[Name].Value, []);
}
