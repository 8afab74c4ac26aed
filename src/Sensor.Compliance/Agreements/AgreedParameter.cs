using Sensor.Compliance.Rules;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>A parameter of an agreement. Its means stand in every trace; whether it decides, the rule says.</summary>
/// <param name="Code">National factor code.</param>
/// <param name="Unit">The UCUM unit that readings must have; others are excluded, never converted.</param>
public sealed record AgreedParameter(string Code, string Unit)
{
    /// <summary>The short name for people, such as <c>CODMn</c>.</summary>
    public string Symbol => Symbols.Of(Code);

    /// <summary>Whether its mean is taken through the hydrogen ion.</summary>
    internal bool IsPH => Code == ParameterCatalogue.PH;

    /// <summary>Its name where the agreement has to say it: for what has no code in the catalogue, such as a discharge; null otherwise.</summary>
    public LocalText? Name { get; init; }

    internal static AgreedParameter Read(StrictObject json)
    {
        var code = json.Text("code", Parameter.IsWellFormed, "a factor code such as w01019");
        var known = ParameterCatalogue.Find(code);
        var name = json.OptionalChild("name") is { } words ? LocalText.Read(words) : null;
        if (known is null && code.Length > 0 && (name is null || !json.Has("unit")))
        {
            json.Problem("code", $"{code} is not in the catalogue of parameters", "Correct it; or, for what the catalogue does not know, give unit and name");
        }

        var unit = json.OptionalText("unit", u => u.Length <= 16, "a UCUM unit such as mg/L") ?? known?.Unit ?? "";
        json.End();
        return new AgreedParameter(code, unit) { Name = name };
    }
}
