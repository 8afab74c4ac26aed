using System.Text;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>
/// A number that no station measures and an authority states in a document: the volume of a month, the growth of a domestic product, a
/// score for conduct. It is part of the document of determinations.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Id">Its id, unique in the document.</param>
/// <param name="Name">What it says, as the agreement calls it.</param>
/// <param name="Section">The section it is about; null for all.</param>
/// <param name="From">The first moment it covers.</param>
/// <param name="To">The first moment after.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit, as a person reads it.</param>
/// <param name="Document">The document that states it, as a person would look it up.</param>
/// <param name="StatedBy">Who states it, at least one.</param>
public sealed record StatedFact(
    string Id, string Name, string? Section, Instant From, Instant To, ExactDecimal Value, string Unit, string Document, IReadOnlyList<string> StatedBy)
{
    /// <summary>Everything it says, as one text: two are the same fact when these are equal.</summary>
    internal string Content => Encoding.UTF8.GetString(CanonicalJson.Write(new JsonObject
    {
        { "id", Id },
        { "name", Name },
        { "section", Section },
        { "from", From.ToString() },
        { "to", To.ToString() },
        { "value", Value.ToString() },
        { "unit", Unit },
        { "document", Document },
        { "statedBy", JsonList.Of(StatedBy, p => p) },
    }));

    internal static StatedFact Read(StrictObject json)
    {
        var value = json.Text("value", t => ExactDecimal.TryParse(t, out _), "a plain decimal number between double quotes");
        var fact = new StatedFact(
            json.Text("id", t => t.Length <= 64, "an id of at most 64 characters"),
            json.Text("name", Names.IsLowerId, "a name of lower-case letters, digits and -"),
            json.OptionalText("section", Names.IsSection, "the section's name as the data write it"),
            Determination.ReadMoment(json, "from"),
            Determination.ReadMoment(json, "to"),
            ExactDecimal.TryParse(value, out var number) ? number : default,
            json.Text("unit", expected: "the unit"),
            json.Text("document", expected: "the document that states it"),
            json.Texts("statedBy", 1, t => t.Length > 0, "a person and office"));
        if (fact.To <= fact.From)
        {
            json.Problem("to", "is not after from", "Give the first moment that is no longer covered");
        }

        json.End();
        return fact;
    }

    /// <summary>Whether it says something about the whole of a window at a section.</summary>
    internal bool Covers(string section, Window window) => (Section is null || Section == section) && From <= window.Start && To >= window.End;
}
