using Sensor.Compliance.Agreements;
using Sensor.Compliance.Cuts;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts;

namespace Sensor.Compliance.Bundles;

/// <summary>The way from the records of a bundle to its outcome, ready to be gone again.</summary>
/// <remarks>Pure and thread-safe.</remarks>
public sealed class BundleComputation
{
    private readonly BundledCut _cut;
    private readonly WindowSamples _samples;
    private readonly string _section;
    private readonly Instant _asOf;
    private readonly RegistryDocument _registry;
    private readonly ObservationsOfRecords _stated;
    private readonly HashSet<string> _sections;

    internal BundleComputation(AgreementHistory agreement, AssessedWindow window, string section, Instant asOf, RegistryDocument registry, BundledRecords records, BundledCut cut, WindowSamples samples, Determinations? determinations)
    {
        (Agreement, Window, _section, _asOf, _registry, _cut, _samples, Determinations) = (agreement, window, section, asOf, registry, cut, samples, determinations);
        _stated = ObservationsOfRecords.Of(records.Understood, registry.SectionOf, registry.TrustOf, window.Agreement.Data.Time?.Clocks);
        _sections = Agreement.Versions.SelectMany(v => v.Sections).Select(s => s.Section).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The agreement in its versions.</summary>
    public AgreementHistory Agreement { get; }

    /// <summary>The window and the version that assesses it.</summary>
    public AssessedWindow Window { get; }

    /// <summary>The determinations on which the outcome rests; null where there are none.</summary>
    public Determinations? Determinations { get; }

    /// <summary>The observations that bear on the window.</summary>
    public IReadOnlyList<RecordedObservation> Bearing()
    {
        var all = _stated.Observations.Where(o => _sections.Contains(o.Observation.Section) && o.Observation.SampledTo <= _asOf && _cut.Holds(o.Source.Record.Header)).ToList();
        var own = all.Where(o => o.Observation.Section == _section && Agreement.WindowAt(o.Observation.SampledTo) == Window);
        return [.. CutAssessment.Bearing(Window, own, all)];
    }

    /// <summary>What the records come to.</summary>
    /// <param name="determinations">The determinations to apply; null for none.</param>
    public Outcome Assess(Determinations? determinations)
    {
        var checks = BearingChecks.On(Window, _section, _stated.Checks.Where(c => c.Check.At <= _asOf && _sections.Contains(c.Check.Section)));
        return CutAssessment.Assess(Agreement, Window, _section, new CutInput
        {
            Bearing = Bearing(),
            Samples = _samples.Bearing(Window, _section, _asOf),
            Checks = checks,
            Anchored = _stated.Anchored,
            Determinations = determinations,
            AsOf = _asOf,
            Registry = _registry.Digest,
        });
    }
}
