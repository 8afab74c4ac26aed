using Sensor.Compliance.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>A text in the two languages of those who sign.</summary>
/// <param name="En">English.</param>
/// <param name="Zh">Simplified Chinese.</param>
public sealed record LocalText(string En, string Zh)
{
    internal static LocalText Read(StrictObject json)
    {
        var text = new LocalText(json.Text("en", expected: "the English text"), json.Text("zh", expected: "the Chinese text"));
        json.End();
        return text;
    }

    internal JsonObject ToJson() => new() { { "en", En }, { "zh", Zh } };
}
