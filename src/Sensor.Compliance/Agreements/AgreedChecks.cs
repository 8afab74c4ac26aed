using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>
/// That both parties signed what a failed check of an instrument does: what it measured counts neither back to the last good check nor on to the
/// next one. Source: practice of automatic surface-water stations, data between the last good and the failed check are invalid.
/// </summary>
/// <param name="Exclude">How far a failed check reaches; <see cref="BackToLastGood"/> is the only one there is.</param>
public sealed record AgreedChecks(Stated<string> Exclude)
{
    /// <summary>From the last good check before to the next good one after.</summary>
    public const string BackToLastGood = "back-to-last-good";

    internal static AgreedChecks? Read(StrictObject parent, AgreementContext context)
    {
        if (parent.OptionalChild("checks") is not { } json)
        {
            return null;
        }

        var checks = new AgreedChecks(context.Stated.Word(json, "exclude", [BackToLastGood]));
        json.End();
        return checks;
    }
}
