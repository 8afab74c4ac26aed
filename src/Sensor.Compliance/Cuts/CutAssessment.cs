using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts;

namespace Sensor.Compliance.Cuts;

/// <summary>Decides a window from what records say about it. Whoever has the records of a cut comes to the same outcome, to the byte.</summary>
/// <remarks>Pure and thread-safe.</remarks>
public static class CutAssessment
{
    /// <summary>The observations that can bear on a window: its own, or all before its end where its rule compares with other sections or times.</summary>
    /// <param name="assessed">The window.</param>
    /// <param name="own">The observations of the section in the window.</param>
    /// <param name="all">All observations of the section; of all agreed sections where the rule looks at others.</param>
    public static IEnumerable<RecordedObservation> Bearing(AssessedWindow assessed, IEnumerable<RecordedObservation> own, IEnumerable<RecordedObservation> all) =>
        assessed.Agreement.Rule.LooksElsewhere ? all.Where(o => o.Observation.SampledTo < assessed.Window.End) : own;

    /// <summary>The outcome, whose cut reaches to the last record of each run that it rests on and that dates one of these.</summary>
    /// <param name="agreement">The agreement in its versions.</param>
    /// <param name="assessed">One of its windows.</param>
    /// <param name="section">The section.</param>
    /// <param name="bearing">The observations that bear on it, see <see cref="Bearing"/>, none later than the moment as of which it is decided.</param>
    /// <param name="checks">The checks that bear on it, see <see cref="BearingChecks"/>.</param>
    /// <param name="anchored">The records that others date, see <see cref="ObservationsOfRecords.Anchored"/>.</param>
    /// <param name="determinations">The determinations; null where there are none.</param>
    /// <param name="asOf">The moment as of which it is decided; a later check moves it.</param>
    /// <param name="registry">The digest of the registry that placed the stations.</param>
    public static Outcome Assess(
        AgreementHistory agreement, AssessedWindow assessed, string section, IEnumerable<RecordedObservation> bearing, IReadOnlyList<RecordedCheck> checks, IReadOnlyList<AnchoredRecord> anchored,
        Determinations? determinations, Instant asOf, Digest registry)
    {
        var taken = bearing.ToList();
        return Assessment.Assess(agreement, assessed, section, new AssessmentInput
        {
            Observations = [.. taken.Select(o => o.Observation)],
            Checks = [.. checks.Select(c => c.Check)],
            Determinations = determinations,
            Cut = new Cut { Registry = registry, Stations = CutReach.Of(taken.Select(o => o.Source).Concat(checks.Select(c => c.Source)), anchored) },
            AsOf = checks.Select(c => c.Check.At).Append(asOf).Max(),
        });
    }
}
