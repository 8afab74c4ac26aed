using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>A parameter of an agreement. Its means stand in every trace; whether it decides, the rule says.</summary>
/// <param name="Code">National factor code.</param>
/// <param name="Unit">The UCUM unit that readings must have; others are excluded, never converted.</param>
public sealed record AgreedParameter(string Code, string Unit)
{
    /// <summary>The short name for people, such as <c>CODMn</c>.</summary>
    public string Symbol => ParameterCatalogue.Find(Code)?.Symbol ?? Code;

    /// <summary>Whether its mean is taken through the hydrogen ion.</summary>
    internal bool IsPH => Code == ParameterCatalogue.PH;

    internal static AgreedParameter Read(StrictObject json)
    {
        var code = json.Text("code", c => ParameterCatalogue.Find(c) is not null, "a known factor code such as w01019");
        var unit = json.OptionalText("unit", u => u.Length <= 16, "a UCUM unit such as mg/L") ?? ParameterCatalogue.Find(code)?.Unit ?? "";
        json.End();
        return new AgreedParameter(code, unit);
    }
}
