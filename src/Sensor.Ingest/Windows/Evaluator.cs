using Sensor.Compliance.Agreements;
using Sensor.Compliance.Cuts;
using Sensor.Compliance.Outcomes;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Observations;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Windows;

/// <summary>Evaluates every agreement over its sections from the evidence and stores what is new.</summary>
/// <remarks>One evaluation at a time; the rest is thread-safe.</remarks>
internal sealed class Evaluator(IReadOnlyList<Agreement> agreements, Database evidence, Func<RegistrySnapshot> registry, OutcomeStore outcomes, Action<Outcome> issued)
{
    /// <summary>The agreements.</summary>
    public IReadOnlyList<Agreement> Agreements => agreements;

    /// <summary>Evaluates the sections at which some stations stand.</summary>
    /// <param name="stations">The stations with news; null for all.</param>
    /// <returns>Every outcome that was computed, new or not.</returns>
    public IReadOnlyList<Outcome> Evaluate(IReadOnlySet<string>? stations)
    {
        var placed = registry();
        var sections = agreements.SelectMany(a => a.Sections).Select(s => s.Section).Distinct(StringComparer.Ordinal)
            .Where(s => stations is null || placed.StationsAt(s).Any(stations.Contains));
        return [.. sections.SelectMany(section => Evaluate(section, placed))];
    }

    private List<Outcome> Evaluate(string section, RegistrySnapshot placed)
    {
        var records = placed.StationsAt(section).SelectMany(station => RecordReader.Complete(evidence, station)).ToList();
        if (records.Count == 0)
        {
            return [];
        }

        var observations = ObservationsOfRecords.Of(records, placed.SectionOf).Observations;
        var latest = records.Max(r => r.Record.Wall);
        var computed = agreements.Where(a => a.Sections.Any(s => s.Section == section))
            .SelectMany(a => WindowCuts.Assess(a, section, observations, latest, placed.Digest))
            .ToList();
        foreach (var outcome in outcomes.Take(computed))
        {
            issued(outcome);
        }

        return computed;
    }
}
