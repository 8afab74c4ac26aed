using Sensor.Compliance.Agreements;
using Sensor.Compliance.Cuts;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts;

namespace Sensor.Ingest.Windows;

/// <summary>
/// Decides the windows of a section from its records. The cut of a window reaches to the last record of each run that bears on it. Its as-of
/// moment is the end of the days for late data once water was taken after it, else the window's end once a record's clock has passed it (or the last
/// check of an instrument that bears on it), and the latest clock while the window is open: later records do not make a new outcome of an old window unless they say something about it.
/// </summary>
internal static class WindowCuts
{
    /// <summary>The outcomes of one section under an agreement, each by the version that assesses the window.</summary>
    /// <param name="agreement">The agreement.</param>
    /// <param name="section">The section.</param>
    /// <param name="held">
    /// The observations and checks of all its stations, of all agreed sections where the rule looks at others, dated as a version of the agreement demands.
    /// </param>
    /// <param name="determinations">The determinations in effect; a window that one exempts has an outcome even where nothing was measured.</param>
    /// <param name="samples">The results of joint samples.</param>
    /// <param name="latest">The latest wall clock among the records of the section's stations, clock-suspect ones left out; where there are none, when a joint sample was last taken.</param>
    /// <param name="closing">
    /// When water was last taken of which a record with a complete past tells; null for never. It closes windows, and a wall clock does not: while a
    /// station still delivers what it measured long ago, after an outage or from a file, its clock is long past the end of the window.
    /// </param>
    /// <param name="registry">The digest of the registry that placed the stations.</param>
    public static IEnumerable<Outcome> Assess(
        AgreementHistory agreement, string section, Func<AgreedTime?, DatedRecords> held, DeterminationHistory determinations, WindowSamples samples, Instant latest, Instant? closing, Digest registry) =>
        from version in agreement.Windows.Where(w => !w.Agreement.FindSection(section)?.ReferenceOnly ?? false).GroupBy(w => w.Agreement.Data.Time)
        let dated = held(version.Key)
        let own = dated.Observations.Where(o => o.Observation.Section == section).ToLookup(o => agreement.WindowAt(o.Observation.SampledTo))
        from window in version
        let asOf = AsOf(window.Agreement, window.Window, latest, closing)
        where own[window].Any(o => o.Observation.SampledTo <= asOf) || samples.Any(window, section, asOf) || (determinations.Decides(section, window.Window) && window.Window.Start <= asOf)
        select CutAssessment.Assess(agreement, window, section, new CutInput
        {
            Bearing = CutAssessment.Bearing(window, own[window], dated.Observations).Where(o => o.Observation.SampledTo <= asOf),
            Samples = samples.Bearing(window, section, asOf),
            Checks = BearingChecks.On(window, section, dated.Checks.Where(c => c.Check.At <= CheckedUntil(window, asOf, latest))),
            Anchored = dated.Anchored,
            Determinations = determinations.For(window.Agreement, section, window.Window),
            AsOf = asOf,
            Registry = registry,
        });

    private static Instant AsOf(Agreement agreement, Window window, Instant latest, Instant? closing)
    {
        var closes = Closes(agreement, window);
        return closing >= closes ? closes : latest >= window.End ? window.End : latest;
    }

    /// <summary>Until when checks bear on a window: also after its end one can say that an instrument was wrong in it, until the days for late data are over.</summary>
    private static Instant CheckedUntil(AssessedWindow window, Instant asOf, Instant latest)
    {
        var closes = Closes(window.Agreement, window.Window);
        return asOf >= closes || latest < asOf ? asOf : latest < closes ? latest : closes.PlusMilliseconds(-1);
    }

    private static Instant Closes(Agreement agreement, Window window) => agreement.Offset.StartOf(window.To.AddDays(agreement.CloseDays.Value));
}
