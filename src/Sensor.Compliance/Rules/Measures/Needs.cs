using Sensor.Compliance.Outcomes;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>Whether enough was measured for a measure that rests on readings.</summary>
internal static class Needs
{
    /// <summary>The minimums that are not met in a scope; where it is not the window that is decided, each says where.</summary>
    public static IReadOnlyList<Reason> Unmet(RuleScope scope, IReadOnlyList<string> parameters, RuleScope decided)
    {
        var reasons = CompletenessReasons.Of(scope, parameters);
        return scope.Section == decided.Section && scope.Window == decided.Window ? reasons : [.. reasons.Select(r => Elsewhere(scope, r))];
    }

    /// <summary>A finding from one number for each parameter and scope that a place names; the greatest where there are several inflows.</summary>
    public static Finding At(Place place, Findings findings, IReadOnlyList<string> parameters, Func<RuleScope, Finding> of)
    {
        if (place.Of(findings.Scope) is not { } scopes)
        {
            return Finding.Unknown([place.Nothing(findings.Scope)]);
        }

        var unmet = Reasons.Distinct(scopes.SelectMany(s => Unmet(s, parameters, findings.Scope)));
        if (unmet.Count > 0)
        {
            return Finding.Unknown(unmet);
        }

        var found = scopes.Select(s => (Scope: s, Finding: of(s))).ToList();
        if (found.FirstOrDefault(f => f.Finding.Value is null) is { Finding: { } unknown })
        {
            return unknown;
        }

        var worst = found.MaxBy(f => f.Finding.Value!.Value);
        return place.IsHere ? worst.Finding : worst.Finding with { Steps = Placed(worst.Scope, worst.Finding.Steps) };
    }

    private static JsonObject Placed(RuleScope scope, JsonObject steps)
    {
        var placed = new JsonObject { { "section", scope.Section.Section }, { "window", scope.Window.Label } };
        foreach (var (name, value) in steps)
        {
            placed.Add(name, value);
        }

        return placed;
    }

    /// <summary>A reason with the section and window it is about in front.</summary>
    public static Reason Elsewhere(RuleScope scope, Reason reason) => reason with
    {
        En = $"at section {scope.Section.Section} in window {scope.Window.Label}: {reason.En}",
        Zh = $"{scope.Section.Section}断面{scope.Window.Label}：{reason.Zh}",
    };
}
