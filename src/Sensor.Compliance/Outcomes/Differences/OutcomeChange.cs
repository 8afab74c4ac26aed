namespace Sensor.Compliance.Outcomes.Differences;

/// <summary>One thing in which two outcomes differ.</summary>
/// <param name="Code">A stable code, such as <c>readings-arrived</c>; docs/agreements.md section 9 lists them.</param>
/// <param name="En">A sentence in English, without its full stop.</param>
/// <param name="Zh">The same in Simplified Chinese.</param>
/// <param name="Facts">The numbers behind it.</param>
public sealed record OutcomeChange(string Code, string En, string Zh, JsonObject Facts)
{
    /// <summary>The members <c>code</c>, <c>en</c>, <c>zh</c> and <c>facts</c>.</summary>
    public JsonObject ToJson() => new() { { "code", Code }, { "en", En }, { "zh", Zh }, { "facts", Facts } };
}
