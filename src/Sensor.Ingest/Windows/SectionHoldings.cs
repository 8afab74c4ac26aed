using Sensor.Compliance.Agreements;
using Sensor.Compliance.Cuts;
using Sensor.Contracts;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Observations;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Windows;

/// <summary>Observations and checks, also those at other sections where a station stood before, and the records of these stations that others date.</summary>
internal sealed record DatedRecords(IReadOnlyList<RecordedObservation> Observations, IReadOnlyList<RecordedCheck> Checks, IReadOnlyList<AnchoredRecord> Anchored);

/// <summary>What the stations of one section delivered. Not thread-safe: it remembers how it was dated.</summary>
internal sealed class SectionHoldings(IReadOnlyList<HeldRecord> records, RegistrySnapshot registry)
{
    private readonly Dictionary<ClockTolerance, DatedRecords> _resolved = [];
    private DatedRecords? _stated;

    /// <summary>The latest wall clock among the records, clock-suspect ones left out; null where there are none.</summary>
    public Instant? Latest { get; } = records.Where(IsClockCredible).Select(r => (Instant?)r.Record.Record.Wall).Max();

    /// <summary>
    /// When water was last taken of which a record with a complete past tells; see <see cref="WindowCuts"/>. Whether or not it gave a value, and never
    /// later than the record's clock.
    /// </summary>
    public Instant? LatestWater { get; } =
        (from r in records
         where r.IsPastComplete && IsClockCredible(r)
         from reading in r.Record.Record.Body is ReadingsBody body ? body.Readings : []
         select (Instant?)(reading.SampledTo < r.Record.Record.Wall ? reading.SampledTo : r.Record.Record.Wall)).Max();

    /// <summary>Dated by the clocks that the stations wrote, or by what these clocks leave under an agreement's demands on time.</summary>
    public DatedRecords Dated(AgreedTime? time)
    {
        if (time is not { Clocks: var clocks })
        {
            return _stated ??= Date(null);
        }

        if (!_resolved.TryGetValue(clocks, out var dated))
        {
            _resolved.Add(clocks, dated = Date(clocks));
        }

        return dated;
    }

    private DatedRecords Date(ClockTolerance? clocks)
    {
        var observed = ObservationsOfRecords.Of([.. records.Select(r => r.Record)], registry.SectionOf, registry.TrustOf, clocks);
        return new DatedRecords(observed.Observations, observed.Checks, observed.Anchored);
    }

    private static bool IsClockCredible(HeldRecord held) => !ClockSuspicion.IsSuspect(held.Record.Record.Wall, held.ReceivedAt);
}
