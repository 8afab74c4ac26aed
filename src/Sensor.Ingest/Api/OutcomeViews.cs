using System.Text.Json;
using Sensor.Compliance.Agreements;
using Sensor.Ingest.Windows;

namespace Sensor.Ingest.Api;

/// <summary>An agreement in a list.</summary>
internal sealed record AgreementView(string Id, int Version, string Digest, LocalText Title, bool Illustrative, IReadOnlyList<string> Sections, IReadOnlyList<string> Parties, string From, string To)
{
    public static AgreementView Of(Agreement agreement) => new(
        agreement.Id, agreement.Version, agreement.Digest.ToString(), agreement.Title, agreement.Illustrative, [.. agreement.Sections.Select(s => s.Section)],
        [.. agreement.Parties.Select(p => p.Id)], Day(agreement.InForceFrom), Day(agreement.InForceTo));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>An outcome in a list; the effect and the changes are against the outcome that it superseded.</summary>
internal sealed record OutcomeView(
    string Agreement, string Section, string Window, string Digest, string VerdictDigest, string? Supersedes, string IssuedAt, JsonElement? Effect, JsonElement? Changes)
{
    public static OutcomeView Of(IssuedOutcome outcome) => new(
        outcome.Agreement, outcome.Section, outcome.Window, outcome.Digest.ToString(), outcome.VerdictDigest.ToString(), outcome.Supersedes?.ToString(), outcome.IssuedAt.ToString(),
        DifferenceView.Effect(outcome.Difference), DifferenceView.Changes(outcome.Difference));
}

/// <summary>A window with the main members of its outcome, or of its standing while it is open.</summary>
public sealed record WindowView
{
    /// <summary>The agreement's id.</summary>
    public required string Agreement { get; init; }

    /// <summary>The section.</summary>
    public required string Section { get; init; }

    /// <summary>The window's name.</summary>
    public required string Window { get; init; }

    /// <summary>The digest of the outcome or standing.</summary>
    public required string Digest { get; init; }

    /// <summary>Whether it is a signed outcome.</summary>
    public required bool IsSigned { get; init; }

    /// <summary>open, provisional or final.</summary>
    public required string State { get; init; }

    /// <summary>pass, fail, exempt or indeterminate.</summary>
    public required string Result { get; init; }

    /// <summary>The index P as the agreement rounds it; null where the agreement has none or it could not be computed.</summary>
    public required string? Index { get; init; }

    /// <summary>The class of the window's means; null where the agreement does not classify or it could not be decided.</summary>
    public required string? Class { get; init; }

    /// <summary>The tier reached; null where nothing was decided.</summary>
    public required string? Tier { get; init; }

    /// <summary>Why.</summary>
    public required JsonElement Reasons { get; init; }

    /// <summary>Who pays; null where nobody does.</summary>
    public required string? Payer { get; init; }

    /// <summary>Who receives.</summary>
    public required string? Payee { get; init; }

    /// <summary>How much, with its currency.</summary>
    public required JsonElement Amount { get; init; }

    /// <summary>How much was measured.</summary>
    public required JsonElement Completeness { get; init; }

    /// <summary>How far the verdict is from turning.</summary>
    public required JsonElement Margin { get; init; }

    /// <summary>Whether no money may move on it.</summary>
    public required bool Illustrative { get; init; }

    /// <summary>How much more a party gets than by the outcome that stood before; null where no payment changed or none stood.</summary>
    public required JsonElement? Effect { get; init; }

    /// <summary>What differs from the outcome that stood before; null where none stood.</summary>
    public required JsonElement? Changes { get; init; }

    /// <summary>What data that arrived after the window was final would change; at most one, the newest.</summary>
    public required IReadOnlyList<LateFindingView> LateFindings { get; init; }

    /// <summary>Every window, the open ones last within their section.</summary>
    internal static IReadOnlyList<WindowView> All(OutcomeStore outcomes) =>
    [
        .. outcomes.Current()
            .OrderBy(o => o.Agreement, StringComparer.Ordinal).ThenBy(o => o.Section, StringComparer.Ordinal).ThenBy(o => o.From)
            .Select(Of),
    ];

    private static WindowView Of(IssuedOutcome outcome)
    {
        var json = JsonElement.Parse(outcome.Document);
        var rule = json.GetProperty("trace").GetProperty("rule");
        return new WindowView
        {
            Agreement = outcome.Agreement,
            Section = outcome.Section,
            Window = outcome.Window,
            Digest = outcome.Digest.ToString(),
            IsSigned = outcome.Jws is not null,
            State = json.GetProperty("state").GetString()!,
            Result = json.GetProperty("result").GetString()!,
            Index = Measured(rule, "roundedIndex") ?? Measured(rule, "index"),
            Class = Measured(rule, "class"),
            Tier = json.GetProperty("tier").GetString(),
            Reasons = json.GetProperty("reasons"),
            Payer = json.GetProperty("payer").GetString(),
            Payee = json.GetProperty("payee").GetString(),
            Amount = json.GetProperty("amount"),
            Completeness = json.GetProperty("trace").GetProperty("completeness"),
            Margin = json.GetProperty("margin"),
            Illustrative = json.GetProperty("illustrative").GetBoolean(),
            Effect = DifferenceView.Effect(outcome.Difference),
            Changes = DifferenceView.Changes(outcome.Difference),
            LateFindings = outcome.LateFinding is { } finding ? [LateFindingView.Of(finding)] : [],
        };
    }

    private static string? Measured(JsonElement rule, string member) =>
        rule.ValueKind == JsonValueKind.Object && rule.TryGetProperty(member, out var value) ? value.GetString() : null;
}
