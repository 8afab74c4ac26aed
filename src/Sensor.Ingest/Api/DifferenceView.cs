using System.Text.Json;
using Sensor.Ingest.Windows;

namespace Sensor.Ingest.Api;

/// <summary>The members of a stored difference that stand beside an outcome.</summary>
internal static class DifferenceView
{
    /// <summary>Party, value and currency; null where no payment changes or nothing was compared.</summary>
    public static JsonElement? Effect(string? difference) => Member(difference, "effect");

    /// <summary>The changes with their code, words and facts; null where nothing was compared.</summary>
    public static JsonElement? Changes(string? difference) => Member(difference, "changes");

    private static JsonElement? Member(string? difference, string name) =>
        difference is not null && JsonElement.Parse(difference).GetProperty(name) is { ValueKind: not JsonValueKind.Null } member ? member : null;
}

/// <summary>What data that arrived after a window was final would change.</summary>
/// <param name="Digest">The digest of what was computed with them; it is not signed.</param>
/// <param name="VerdictDigest">The same without its cut.</param>
/// <param name="FoundAt">When it was stored here.</param>
/// <param name="Effect">How much more a party would get; null where no payment would change.</param>
/// <param name="Changes">What would differ from the final outcome.</param>
public sealed record LateFindingView(string Digest, string VerdictDigest, string FoundAt, JsonElement? Effect, JsonElement? Changes)
{
    internal static LateFindingView Of(LateFinding finding) => new(
        finding.Digest.ToString(), finding.VerdictDigest.ToString(), finding.FoundAt.ToString(), DifferenceView.Effect(finding.Difference), DifferenceView.Changes(finding.Difference));
}
