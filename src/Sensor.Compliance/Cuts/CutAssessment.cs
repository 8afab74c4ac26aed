using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;

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
    /// <param name="input">What bears on it.</param>
    public static Outcome Assess(AgreementHistory agreement, AssessedWindow assessed, string section, CutInput input)
    {
        var taken = input.Bearing.ToList();
        var records = taken.Select(o => o.Source).Concat(input.Checks.Select(c => c.Source));
        return Assessment.Assess(agreement, assessed, section, new AssessmentInput
        {
            Observations = [.. taken.Select(o => o.Observation), .. input.Samples.Observations],
            Checks = [.. input.Checks.Select(c => c.Check)],
            Determinations = input.Determinations,
            Cut = new Cut { Registry = input.Registry, Stations = CutReach.Of(records, input.Anchored), Samples = input.Samples.Files },
            AsOf = input.Checks.Select(c => c.Check.At).Append(input.AsOf).Max(),
        });
    }
}
