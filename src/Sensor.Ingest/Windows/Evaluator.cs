using Sensor.Compliance.Cuts;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Registry;
using Sensor.Ingest.Tracing;

namespace Sensor.Ingest.Windows;

/// <summary>Evaluates every agreement over its sections from the evidence and stores what is new.</summary>
/// <remarks>One evaluation at a time; the rest is thread-safe.</remarks>
internal sealed class Evaluator(IReadOnlyList<AgreementHistory> agreements, ISqlDatabase evidence, Func<RegistrySnapshot> registry, Func<AgreementHistory, DeterminationHistory> determinations, Func<WindowSamples> samples, OutcomeStore outcomes, Action<TakenOutcome> taken)
{
    /// <summary>The agreements.</summary>
    public IReadOnlyList<AgreementHistory> Agreements => agreements;

    /// <summary>Evaluates the sections at which some stations stand, and the sections that an agreement compares with these.</summary>
    /// <param name="stations">The stations with news; null for all.</param>
    /// <returns>Every outcome that was computed, new or not.</returns>
    /// <exception cref="IOException">Records of some sections cannot be read; those of the others were decided.</exception>
    public IReadOnlyList<Outcome> Evaluate(IReadOnlySet<string>? stations)
    {
        if (stations is null)
        {
            outcomes.Retire(agreements);
        }

        var placed = registry();
        var held = new SectionRecords(evidence, placed);
        var sections = agreements.SelectMany(a => Concerned(a, s => stations is null || placed.StationsAt(s).Any(stations.Contains))).Distinct(StringComparer.Ordinal);
        return EvaluateEach(sections, section => Evaluate(section, held, placed.Digest));
    }

    // A section whose records are in an archive file that is not here must not keep the others from being decided.
    private static List<Outcome> EvaluateEach(IEnumerable<string> sections, Func<string, IEnumerable<Outcome>> evaluate)
    {
        var (computed, failed) = (new List<Outcome>(), new List<IOException>());
        foreach (var section in sections)
        {
            try
            {
                computed.AddRange(evaluate(section));
            }
            catch (Exception e) when (e is IOException or InvalidDataException)
            {
                failed.Add(new IOException($"{section} cannot be evaluated: {e.Message}", e));
            }
        }

        return failed.Count == 0 ? computed : throw (failed.Count == 1 ? failed[0] : new IOException(string.Join('\n', failed.Select(f => f.Message)), failed[0]));
    }

    private List<Outcome> Evaluate(string section, SectionRecords held, Digest registry)
    {
        using var span = IngestTraces.Assess(section);
        var (own, sampled) = (held.Of(section), samples());
        if ((own.Latest ?? sampled.LatestAt(section)) is not { } latest)
        {
            return [];
        }

        var computed = agreements.Where(a => SectionsOf(a).Contains(section, StringComparer.Ordinal)).SelectMany(a => WindowCuts.Assess(
            a, section, time => LooksElsewhere(a) ? held.At(SectionsOf(a), time) : own.Dated(time), determinations(a), sampled, latest, own.Latest is null ? latest : own.LatestWater, registry)).ToList();
        foreach (var outcome in outcomes.Take(computed))
        {
            taken(outcome);
            IngestTraces.Taken(outcome);
        }

        return computed;
    }

    private static List<string> Concerned(AgreementHistory agreement, Func<string, bool> hasNews)
    {
        var sections = SectionsOf(agreement).ToList();
        var withNews = sections.Where(hasNews).ToList();
        return withNews.Count > 0 && LooksElsewhere(agreement) ? sections : withNews;
    }

    private static bool LooksElsewhere(AgreementHistory agreement) => agreement.Versions.Any(v => v.Rule.LooksElsewhere);

    private static IEnumerable<string> SectionsOf(AgreementHistory agreement) =>
        agreement.Versions.SelectMany(v => v.Sections).Select(s => s.Section).Distinct(StringComparer.Ordinal);
}
