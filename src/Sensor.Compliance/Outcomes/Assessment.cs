using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Outcomes;

/// <summary>Decides: agreement and observations in, outcomes out.</summary>
/// <remarks>Pure and thread-safe: the same input gives the same bytes on every machine, in every language, in any order.</remarks>
public static class Assessment
{
    /// <summary>
    /// The outcome of every section and window that the observations or determinations touch and that lies wholly in the agreement's
    /// period in force, in ordinal order of sections, then in order of time.
    /// </summary>
    /// <remarks>A section without observations and determinations has no outcome: no data is never a pass.</remarks>
    public static IReadOnlyList<Outcome> Assess(Agreement agreement, AssessmentInput input)
    {
        var book = new EvidenceBook(agreement, input);
        return [.. book.Days.Select(d => (d.Section, Window: agreement.Windows.WindowOf(d.Day, agreement.Offset))).Union(DeterminedWindows(agreement, input))
            .Where(k => agreement.Covers(k.Window) && !agreement.FindSection(k.Section)!.ReferenceOnly)
            .OrderBy(k => k.Section, StringComparer.Ordinal).ThenBy(k => k.Window.From)
            .Select(k => WindowAssessment.Of(agreement, input, book.Of(agreement.FindSection(k.Section)!, k.Window)))];
    }

    /// <summary>The windows that an exemption or accident touches, whether or not anything was measured in them.</summary>
    private static IEnumerable<(string Section, Window Window)> DeterminedWindows(Agreement agreement, AssessmentInput input)
    {
        foreach (var determination in input.Determinations?.All.Where(d => d.Kind is DeterminationKind.Exempt or DeterminationKind.Accident && agreement.FindSection(d.Section) is not null) ?? [])
        {
            var window = agreement.Windows.WindowOf(agreement.InForceFrom, agreement.Offset);
            for (; window.From <= agreement.InForceTo; window = agreement.Windows.WindowOf(window.To, agreement.Offset))
            {
                if (determination.From < window.End && determination.To > window.Start && (input.AsOf is not { } asOf || window.Start <= asOf))
                {
                    yield return (determination.Section, window);
                }
            }
        }
    }
}
