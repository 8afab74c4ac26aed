using Sensor.Compliance.Agreements;
using Sensor.Compliance.Cuts;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts;

namespace Sensor.Ingest.Windows;

/// <summary>
/// Decides the windows of a section from its records. The cut of a window reaches to the last record of each run that bears on it, and its
/// as-of moment is the last of (the window's end, the end of the days for late data) that a record's clock has passed, or the latest clock
/// while the window is open: later records do not make a new outcome of an old window unless they say something about it.
/// </summary>
internal static class WindowCuts
{
    /// <summary>The outcomes of one section under an agreement, each by the version that assesses the window.</summary>
    /// <param name="agreement">The agreement.</param>
    /// <param name="section">The section.</param>
    /// <param name="observations">The observations of all its stations.</param>
    /// <param name="latest">The latest wall clock among the records of those stations, clock-suspect ones left out.</param>
    /// <param name="registry">The digest of the registry that placed the stations.</param>
    public static IEnumerable<Outcome> Assess(AgreementHistory agreement, string section, IEnumerable<RecordedObservation> observations, Instant latest, Digest registry)
    {
        var windows = observations.Where(o => o.Observation.Section == section)
            .GroupBy(o => agreement.WindowAt(o.Observation.SampledTo));
        return agreement.Windows.Join(windows, w => w, w => w.Key, (window, held) => Assess(agreement, window, [.. held], latest, registry)).SelectMany(o => o);
    }

    private static IReadOnlyList<Outcome> Assess(AgreementHistory agreement, AssessedWindow window, IReadOnlyList<RecordedObservation> observations, Instant latest, Digest registry)
    {
        var asOf = AsOf(window.Agreement, window.Window, latest);
        return Assessment.Assess(agreement, new AssessmentInput
        {
            Observations = [.. observations.Select(o => o.Observation)],
            Cut = new Cut { Registry = registry, Stations = [.. Reach(observations.Where(o => o.Observation.SampledTo <= asOf))] },
            AsOf = asOf,
        });
    }

    private static Instant AsOf(Agreement agreement, Window window, Instant latest)
    {
        var closes = agreement.Offset.StartOf(window.To.AddDays(agreement.CloseDays.Value));
        return latest >= closes ? closes : latest >= window.End ? window.End : latest;
    }

    private static IEnumerable<CutStation> Reach(IEnumerable<RecordedObservation> observations) =>
        from o in observations
        let header = o.Source.Record.Header
        group (header, o.Source.Digest) by (header.Station, header.Run) into run
        let last = run.MaxBy(r => r.header.Sequence)
        select new CutStation(run.Key.Station, run.Key.Run, last.header.Sequence, last.Digest);
}
