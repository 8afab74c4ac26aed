namespace Sensor.Compliance.Outcomes;

/// <summary>Why a result is what it is: which rule was or was not met, by which numbers.</summary>
/// <param name="Code">A stable code, such as <c>months-per-window</c>.</param>
/// <param name="En">In English.</param>
/// <param name="Zh">In Simplified Chinese.</param>
/// <param name="Facts">The numbers behind it, as members of the outcome document.</param>
public sealed record Reason(string Code, string En, string Zh, JsonObject Facts)
{
    internal JsonObject ToJson()
    {
        var json = new JsonObject { { "code", Code }, { "en", En }, { "zh", Zh } };
        foreach (var (name, value) in Facts)
        {
            json.Add(name, value);
        }

        return json;
    }
}
