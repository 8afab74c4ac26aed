using Sensor.Compliance.Agreements;
using Sensor.Compliance.Cuts;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Observations;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Windows;

/// <summary>Evaluates every agreement over its sections from the evidence and stores what is new.</summary>
/// <remarks>One evaluation at a time; the rest is thread-safe.</remarks>
internal sealed class Evaluator(IReadOnlyList<Agreement> agreements, Database evidence, Func<RegistrySnapshot> registry, OutcomeStore outcomes, Action<TakenOutcome> taken)
{
    // A record whose clock is later than its arrival by more than this is clock-suspect.
    private const long FastestClock = 5 * 60_000;

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
        if (Latest(records) is not { } latest)
        {
            return [];
        }

        var observations = ObservationsOfRecords.Of([.. records.Select(r => r.Record)], placed.SectionOf).Observations;
        var computed = agreements.Where(a => a.Sections.Any(s => s.Section == section))
            .SelectMany(a => WindowCuts.Assess(a, section, observations, latest, LatestWater(records), placed.Digest))
            .ToList();
        foreach (var outcome in outcomes.Take(computed))
        {
            taken(outcome);
        }

        return computed;
    }

    private static Instant? Latest(IEnumerable<HeldRecord> records) => records.Where(IsClockCredible).Select(r => (Instant?)r.Record.Record.Wall).Max();

    /// <summary>When water was last taken of which a record with a complete past tells, whether or not it gave a value; never later than the record's clock.</summary>
    private static Instant? LatestWater(IEnumerable<HeldRecord> records) =>
        (from r in records
         where r.IsPastComplete && IsClockCredible(r)
         from reading in r.Record.Record.Body is ReadingsBody body ? body.Readings : []
         select (Instant?)(reading.SampledTo < r.Record.Record.Wall ? reading.SampledTo : r.Record.Record.Wall)).Max();

    private static bool IsClockCredible(HeldRecord held) => held.Record.Record.Wall <= held.ReceivedAt.PlusMilliseconds(FastestClock);
}
