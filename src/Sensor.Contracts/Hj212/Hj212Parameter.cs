using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Hj212;

/// <summary>A parameter of a logger's data, as a configuration names it.</summary>
/// <param name="Code">The factor code as the logger sends it.</param>
/// <param name="National">The national code.</param>
/// <param name="Unit">UCUM unit of the values, which no frame tells.</param>
/// <param name="DetectionLimit">The detection limit in that unit, or null.</param>
public sealed record Hj212Parameter(string Code, string National, string Unit, MeasuredValue? DetectionLimit)
{
    /// <summary>Reads <c>{"code", "as", "unit", "detectionLimit"}</c>.</summary>
    public static Hj212Parameter Read(StrictObject json)
    {
        var code = json.Text("code", expected: "the factor code as the logger sends it");
        var national = json.OptionalText("as", Parameter.IsWellFormed, "a national factor code such as w01019") ?? Hj212Factors.National(code);
        if (national is null && code.Length > 0)
        {
            json.Problem("as", $"the factor of the code {code} is not known", "Give its national code");
        }

        var unit = json.Text("unit", u => WireText.IsAllowed(u, WireLimits.Unit), "the UCUM unit of the values, such as mg/L");
        var limit = json.OptionalText("detectionLimit", t => MeasuredValue.TryParse(t, out _), "a text with a plain decimal number such as \"0.025\"");
        json.End();
        return new Hj212Parameter(code, national ?? "", unit, MeasuredValue.TryParse(limit, out var value) ? value : null);
    }
}
