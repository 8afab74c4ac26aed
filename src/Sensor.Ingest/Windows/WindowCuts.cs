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
    /// <param name="observations">The observations of all its stations; of all agreed sections where the rule looks at others.</param>
    /// <param name="checks">The checks of the instruments, of the same sections.</param>
    /// <param name="determinations">The determinations in effect; a window that one exempts has an outcome even where nothing was measured.</param>
    /// <param name="samples">The results of joint samples.</param>
    /// <param name="latest">The latest wall clock among the records of the section's stations, clock-suspect ones left out; where there are none, when a joint sample was last taken.</param>
    /// <param name="closing">
    /// When water was last taken of which a record with a complete past tells; null for never. It closes windows, and a wall clock does not: while a
    /// station still delivers what it measured long ago, after an outage or from a file, its clock is long past the end of the window.
    /// </param>
    /// <param name="registry">The digest of the registry that placed the stations.</param>
    public static IEnumerable<Outcome> Assess(
        AgreementHistory agreement, string section, IReadOnlyList<RecordedObservation> observations, IReadOnlyList<RecordedCheck> checks, DeterminationHistory determinations, WindowSamples samples, Instant latest, Instant? closing, Digest registry)
    {
        var own = observations.Where(o => o.Observation.Section == section).ToLookup(o => agreement.WindowAt(o.Observation.SampledTo));
        return agreement.Windows
            .Where(w => !w.Agreement.FindSection(section)?.ReferenceOnly ?? false)
            .Select(w => (Window: w, AsOf: AsOf(w.Agreement, w.Window, latest, closing)))
            .Where(w => own[w.Window].Any(o => o.Observation.SampledTo <= w.AsOf) || samples.Any(w.Window, section, w.AsOf) || (determinations.Decides(section, w.Window.Window) && w.Window.Window.Start <= w.AsOf))
            .Select(w => Assess(
                agreement, section, w.Window, Bearing(w.Window, own[w.Window], observations).Where(o => o.Observation.SampledTo <= w.AsOf), samples.Bearing(w.Window, section, w.AsOf),
                BearingChecks.On(w.Window, section, checks.Where(c => c.Check.At <= CheckedUntil(w.Window, w.AsOf, latest))), determinations.For(w.Window.Agreement, section, w.Window.Window), w.AsOf, registry));
    }

    private static Outcome Assess(
        AgreementHistory agreement, string section, AssessedWindow window, IEnumerable<RecordedObservation> bearing, ObservationsOfSamples sampled, IReadOnlyList<RecordedCheck> checks, Determinations? determinations, Instant asOf, Digest registry)
    {
        var taken = bearing.ToList();
        asOf = checks.Select(c => c.Check.At).Append(asOf).Max();
        return Assessment.Assess(agreement, window, section, new AssessmentInput
        {
            Observations = [.. taken.Select(o => o.Observation), .. sampled.Observations],
            Checks = [.. checks.Select(c => c.Check)],
            Determinations = determinations,
            Cut = new Cut { Registry = registry, Stations = [.. Reach(taken.Select(o => o.Source).Concat(checks.Select(c => c.Source)))], Samples = sampled.Files },
            AsOf = asOf,
        });
    }

    /// <summary>The observations that can bear on a window: its own, or all that its rule may compare with.</summary>
    private static IEnumerable<RecordedObservation> Bearing(AssessedWindow window, IEnumerable<RecordedObservation> own, IEnumerable<RecordedObservation> all) =>
        window.Agreement.Rule.LooksElsewhere ? all.Where(o => o.Observation.SampledTo < window.Window.End) : own;

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

    private static IEnumerable<CutStation> Reach(IEnumerable<RecordInCut> records) =>
        from record in records
        let header = record.Record.Header
        group (header, record.Digest) by (header.Station, header.Run) into run
        let last = run.MaxBy(r => r.header.Sequence)
        select new CutStation(run.Key.Station, run.Key.Run, last.header.Sequence, last.Digest);
}
