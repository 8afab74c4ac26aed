using Sensor.Compliance.Cuts;
using Sensor.Contracts;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Observations;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Windows;

/// <summary>What the stations of sections delivered, each section read once in an evaluation. Not thread-safe.</summary>
internal sealed class SectionRecords(ISqlDatabase evidence, RegistrySnapshot registry)
{
    private readonly Dictionary<string, SectionHoldings> _sections = new(StringComparer.Ordinal);

    /// <summary>What is held of a section.</summary>
    public SectionHoldings Of(string section)
    {
        if (!_sections.TryGetValue(section, out var holdings))
        {
            var records = registry.StationsAt(section).SelectMany(station => RecordReader.Complete(evidence, station)).ToList();
            _sections.Add(section, holdings = SectionHoldings.Of(records, registry));
        }

        return holdings;
    }

    /// <summary>The checks of instruments at several sections.</summary>
    public IReadOnlyList<RecordedCheck> ChecksAt(IEnumerable<string> sections) =>
        [.. sections.SelectMany(s => Of(s).Checks.Where(c => c.Check.Section == s))];

    /// <summary>The observations at several sections; a station that moved between two of them counts once.</summary>
    public IReadOnlyList<RecordedObservation> ObservationsAt(IEnumerable<string> sections) =>
        [.. sections.SelectMany(s => Of(s).Observations.Where(o => o.Observation.Section == s))];
}

/// <summary>What the stations of one section delivered.</summary>
/// <param name="Observations">Their observations, also those at other sections where a station stood before.</param>
/// <param name="Checks">The checks of their instruments, likewise.</param>
/// <param name="Latest">The latest wall clock among the records, clock-suspect ones left out; null where there are none.</param>
/// <param name="LatestWater">When water was last taken of which a record with a complete past tells; see <see cref="WindowCuts"/>.</param>
internal sealed record SectionHoldings(IReadOnlyList<RecordedObservation> Observations, IReadOnlyList<RecordedCheck> Checks, Instant? Latest, Instant? LatestWater)
{
    // A record whose clock is later than its arrival by more than this is clock-suspect.
    private const long FastestClock = 5 * 60_000;

    public static SectionHoldings Of(IReadOnlyList<HeldRecord> records, RegistrySnapshot registry)
    {
        var stated = ObservationsOfRecords.Of([.. records.Select(r => r.Record)], registry.SectionOf, registry.TrustOf);
        var latest = records.Where(IsClockCredible).Select(r => (Instant?)r.Record.Record.Wall).Max();
        return new SectionHoldings(stated.Observations, stated.Checks, latest, LatestWaterOf(records));
    }

    /// <summary>Whether or not it gave a value, and never later than the record's clock.</summary>
    private static Instant? LatestWaterOf(IEnumerable<HeldRecord> records) =>
        (from r in records
         where r.IsPastComplete && IsClockCredible(r)
         from reading in r.Record.Record.Body is ReadingsBody body ? body.Readings : []
         select (Instant?)(reading.SampledTo < r.Record.Record.Wall ? reading.SampledTo : r.Record.Record.Wall)).Max();

    private static bool IsClockCredible(HeldRecord held) => held.Record.Record.Wall <= held.ReceivedAt.PlusMilliseconds(FastestClock);
}
