using Sensor.Compliance.Agreements;
using Sensor.Compliance.Quality;
using Sensor.Contracts;

namespace Sensor.Compliance.Statistics;

/// <summary>A value of a deciding series that a test of the agreement found wanting.</summary>
/// <param name="Observation">The observation.</param>
/// <param name="Found">The first result that excludes it.</param>
/// <param name="ConfirmedBy">The determination that lets it count all the same; null where there is none.</param>
internal sealed record QualityFinding(Observation Observation, TestResult Found, string? ConfirmedBy);

/// <summary>What the agreed quality tests said about the standing observations of one section and window.</summary>
/// <param name="Counts">For each test, how often it gave each flag to an observation that no other reason excludes.</param>
/// <param name="Findings">The results that exclude, in the order of the observations' keys.</param>
internal sealed record QualityVerdict(IReadOnlyList<(ConfiguredTest Test, IReadOnlyDictionary<QualityGrade, int> Flags)> Counts, IReadOnlyList<QualityFinding> Findings)
{
    /// <summary>Judges.</summary>
    /// <param name="agreement">An agreement with quality tests.</param>
    /// <param name="quality">Its tests.</param>
    /// <param name="standing">Everything observed in the window at the section, of any parameter.</param>
    /// <param name="usable">What no other reason excludes.</param>
    /// <param name="determinations">The determinations of the window.</param>
    public static QualityVerdict Of(
        Agreement agreement, AgreedQuality quality, IEnumerable<Observation> standing, IReadOnlyList<UsableReading> usable, IReadOnlyList<Determination> determinations)
    {
        var counting = usable.Select(u => u.Observation).ToHashSet(ReferenceEqualityComparer.Instance);
        var points = standing.Where(o => agreement.Data.Accepts(o.Series) && agreement.Data.TrustIn(o.Series).Contains(o.Trust))
            .Select(o => (Observation: o, Point: Point(agreement, o, counting.Contains(o)))).ToList();
        var results = QualityRun.Judge(points.Select(p => p.Point), quality.Tests);
        var judged = points.Where(p => counting.Contains(p.Observation)).Select(p => (p.Observation, Results: results.GetValueOrDefault(p.Point, []))).ToList();
        return new QualityVerdict(
            [.. quality.Tests.Select(test => (test, Count(judged.SelectMany(j => j.Results).Where(r => r.Test == test))))],
            [.. judged.Select(j => Finding(quality, j.Observation, j.Results, determinations)).OfType<QualityFinding>().OrderBy(f => f.Observation.Key)]);
    }

    /// <summary>
    /// A value that another reason excludes is no value for a test either: it would make its neighbours look wrong. Of a parameter that the agreement
    /// does not name, such as the temperature beside an oxygen value, the flag alone decides.
    /// </summary>
    private static QualityPoint Point(Agreement agreement, Observation o, bool counts)
    {
        var isAgreed = agreement.Parameters.Any(p => p.Code == o.Parameter);
        var value = isAgreed ? counts : ParameterCatalogue.Find(o.Parameter)?.Unit == o.Unit;
        return new QualityPoint(o.Section, o.SampledTo, o.Parameter, o.Series, o.Instrument, value ? QualityPoint.ValueOf(o.Value, o.Flag) : null);
    }

    private static Dictionary<QualityGrade, int> Count(IEnumerable<TestResult> results) =>
        results.GroupBy(r => r.Result.Flag).ToDictionary(g => g.Key, g => g.Count());

    private static QualityFinding? Finding(AgreedQuality quality, Observation o, IReadOnlyList<TestResult> results, IReadOnlyList<Determination> determinations) =>
        results.FirstOrDefault(r => quality.Excludes(r.Result.Flag)) is { } found
            ? new QualityFinding(o, found, determinations.FirstOrDefault(d => d.Kind == DeterminationKind.Confirm && d.Concerns(o.Parameter, o.SampledTo))?.Id)
            : null;
}
