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
    internal static AgreedSection Read(StrictObject json)
    {
        var section = new AgreedSection(
            json.Text("section", Names.IsSection, "the section's name as the data write it, 1 to 64 characters"),
            json.Word("waterBody", ["river", "lake"]) == "lake" ? WaterBody.Lake : WaterBody.River,
            LocalText.Read(json.Child("name")));
        json.End();
        return section;
    }
}
