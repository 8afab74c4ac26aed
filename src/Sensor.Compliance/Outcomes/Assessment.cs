using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Outcomes;

/// <summary>Decides: agreement and observations in, outcomes out.</summary>
/// <remarks>Pure and thread-safe: the same input gives the same bytes on every machine, in every language, in any order.</remarks>
public static class Assessment
{
    /// <summary>The outcomes of an agreement that was never amended; see <see cref="Assess(AgreementHistory, AssessmentInput)"/>.</summary>
    /// <exception cref="Contracts.Documents.DocumentException">The document amends another: both are needed.</exception>
    public static IReadOnlyList<Outcome> Assess(Agreement agreement, AssessmentInput input) => Assess(AgreementHistory.Of([agreement]), input);

    /// <summary>
    /// The outcome of every section and window that the observations or determinations touch and that lies wholly in the agreement's
    /// period in force, each by the version that assesses the window, in ordinal order of sections, then in order of time.
    /// </summary>
    /// <remarks>A section without observations and determinations has no outcome: no data is never a pass.</remarks>
    public static IReadOnlyList<Outcome> Assess(AgreementHistory history, AssessmentInput input)
    {
        var books = history.Versions.ToDictionary(v => v.Version, v => new EvidenceBook(v, input));
        EvidenceBook BookOf(AssessedWindow assessed) => books[assessed.Agreement.Version];
        return [.. history.Windows.SelectMany(w => BookOf(w).SectionsIn(w.Window).Select(section => (Section: section, Assessed: w)))
            .Union(DeterminedWindows(history, input))
            .Where(k => !k.Assessed.Agreement.FindSection(k.Section)!.ReferenceOnly)
            .OrderBy(k => k.Section, StringComparer.Ordinal).ThenBy(k => k.Assessed.Window.From)
            .Select(k => WindowAssessment.Of(k.Assessed.Agreement, input, BookOf(k.Assessed).Of(k.Assessed.Agreement.FindSection(k.Section)!, k.Assessed.Window)))];
    }

    /// <summary>The outcome of one window at one section, whether or not anything was measured in it.</summary>
    /// <param name="history">The agreement in its versions.</param>
    /// <param name="assessed">One of its windows.</param>
    /// <param name="section">One of its sections.</param>
    /// <param name="input">The rest; of the observations those of the window, and those that the rule compares with.</param>
    /// <exception cref="ArgumentException">The version that assesses the window does not know the section.</exception>
    public static Outcome Assess(AgreementHistory history, AssessedWindow assessed, string section, AssessmentInput input)
    {
        var agreement = assessed.Agreement;
        var agreed = agreement.FindSection(section) ?? throw new ArgumentException($"{history.Id} version {agreement.Version} has no section {section}.", nameof(section));
        return WindowAssessment.Of(agreement, input, new EvidenceBook(agreement, input).Of(agreed, assessed.Window));
    }

    /// <summary>The windows that an exemption or accident touches, whether or not anything was measured in them.</summary>
    private static IEnumerable<(string Section, AssessedWindow Assessed)> DeterminedWindows(AgreementHistory history, AssessmentInput input) =>
        from determination in input.Determinations?.All ?? []
        where determination.Kind is DeterminationKind.Exempt or DeterminationKind.Accident
        from assessed in history.Windows
        where assessed.Agreement.FindSection(determination.Section) is not null
            && determination.From < assessed.Window.End && determination.To > assessed.Window.Start
            && (input.AsOf is not { } asOf || assessed.Window.Start <= asOf)
        select (determination.Section, assessed);
}
