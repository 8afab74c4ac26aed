using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Compliance.Cuts;

/// <summary>A record that a cut takes in.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="Record">What the station signed.</param>
public sealed record RecordInCut(Digest Digest, StationRecord Record);

/// <summary>An observation and the record that carried it.</summary>
/// <param name="Observation">The observation.</param>
/// <param name="Source">The record.</param>
public sealed record RecordedObservation(Observation Observation, RecordInCut Source);

/// <summary>A check or calibration and the record that carried it.</summary>
/// <param name="Check">The check.</param>
/// <param name="Source">The record.</param>
public sealed record RecordedCheck(InstrumentCheck Check, RecordInCut Source);

/// <summary>An identity that several records claim with different contents. None of them counts until a determination.</summary>
/// <param name="Station">The station.</param>
/// <param name="Run">The run.</param>
/// <param name="Sequence">The sequence.</param>
/// <param name="Digests">The digests, ascending.</param>
public sealed record ForkedIdentity(string Station, LifeId Run, long Sequence, IReadOnlyList<Digest> Digests);

/// <summary>
/// Turns the records of a cut into observations and checks. Which of two statements about the same water is the later one follows from the
/// station's own order (runs as they name each other, then sequence numbers), never from arrival.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Observations">The observations, by station and the station's own order.</param>
/// <param name="Forks">The identities left out, by station, run and sequence.</param>
public sealed record ObservationsOfRecords(IReadOnlyList<RecordedObservation> Observations, IReadOnlyList<ForkedIdentity> Forks)
{
    /// <summary>The checks and calibrations of instruments, by station and time.</summary>
    public IReadOnlyList<RecordedCheck> Checks { get; init; } = [];

    /// <summary>The records that others date, wherever their station stood, in no order; empty where times were not resolved.</summary>
    public IReadOnlyList<AnchoredRecord> Anchored { get; init; } = [];

    /// <summary>The observations of some records.</summary>
    /// <param name="records">The records in any order; repeats do no harm.</param>
    /// <param name="sectionOf">The section at which a station stood at a moment; null where it stood at none, then the reading is left out.</param>
    /// <param name="trustOf">Who vouches for what a station's keys sign; a device by default.</param>
    /// <param name="clocks">
    /// How far an agreement believes the clocks of stations, where it asks when water was really taken; see <see cref="TimeResolution"/>. Observations and checks of
    /// devices are then dated by the middle of their intervals, where they have one. Null: by the wall clock that the station wrote.
    /// </param>
    public static ObservationsOfRecords Of(IEnumerable<RecordInCut> records, Func<string, Instant, string?> sectionOf, Func<string, Trust>? trustOf = null, ClockTolerance? clocks = null)
    {
        var identities = records.DistinctBy(r => r.Digest)
            .GroupBy(r => (r.Record.Header.Station, r.Record.Header.Run, r.Record.Header.Sequence))
            .ToList();
        var forks = identities.Where(i => i.Count() > 1)
            .Select(i => new ForkedIdentity(i.Key.Station, i.Key.Run, i.Key.Sequence, [.. i.Select(r => r.Digest).Order()]))
            .OrderBy(f => f.Station, StringComparer.Ordinal).ThenBy(f => f.Run).ThenBy(f => f.Sequence);
        var sound = identities.Where(i => i.Count() == 1).Select(i => i.Single()).ToList();
        var times = clocks is { } believed ? new TimeResolution(sound, believed) : null;
        StationTime? TimeOf(StationRecord record, Instant dated) => (trustOf?.Invoke(record.Header.Station) ?? Trust.Device) == Trust.Device ? times?.Of(record, dated) : null;
        var observations = sound.GroupBy(r => r.Record.Header.Station, StringComparer.Ordinal)
            .OrderBy(s => s.Key, StringComparer.Ordinal)
            .SelectMany(station => OfStation([.. station], sectionOf, trustOf?.Invoke(station.Key) ?? Trust.Device, TimeOf));
        return new ObservationsOfRecords([.. observations], [.. forks]) 
        {
            Checks = [.. CheckOfRecord.In(sound, sectionOf, TimeOf)],
            Anchored = times is null ? [] : [.. sound.Select(r => new AnchoredRecord(r, AnchorsOf(r.Record, TimeOf))).Where(a => a.Anchors.Count > 0)],
        };
    }

    private static IReadOnlyList<RecordInCut> AnchorsOf(StationRecord record, Func<StationRecord, Instant, StationTime?> timeOf)
    {
        IEnumerable<Instant> moments = record.Body is ReadingsBody { Readings: var readings } ? readings.Where(r => r.DatedBy == DatedBy.Station).Select(r => r.SampledTo) : [record.Wall];
        return [.. moments.Distinct().SelectMany(m => timeOf(record, m)?.Anchors ?? []).DistinctBy(a => a.Digest)];
    }

    private static IEnumerable<RecordedObservation> OfStation(
        IReadOnlyList<RecordInCut> records, Func<string, Instant, string?> sectionOf, Trust trust, Func<StationRecord, Instant, StationTime?> timeOf)
    {
        var runs = OrderOf(records);
        var ordered = records
            .OrderBy(r => runs.DepthOf(r.Record.Header.Run)).ThenBy(r => r.Record.Header.Run).ThenBy(r => r.Record.Header.Sequence)
            .Select((record, order) => (Record: record, Order: order));
        foreach (var (record, order) in ordered)
        {
            foreach (var reading in record.Record.Body is ReadingsBody body ? body.Readings : [])
            {
                var time = reading.DatedBy == DatedBy.Station ? timeOf(record.Record, reading.SampledTo) : null;
                var taken = time?.Interval.Midpoint ?? reading.SampledTo;
                if (sectionOf(record.Record.Header.Station, taken) is { } section)
                {
                    yield return new RecordedObservation(Observe(section, record.Record.Header.Station, reading, taken, trust, order) with { Time = time?.Interval }, record);
                }
            }
        }
    }

    private static RunOrder OrderOf(IReadOnlyList<RecordInCut> records) => new(
        records.Where(r => r.Record.Header.PreviousRun is not null)
            .GroupBy(r => r.Record.Header.Run)
            .ToDictionary(g => g.Key, g => g.First().Record.Header.PreviousRun!.Run));

    private static Observation Observe(string section, string station, Reading reading, Instant taken, Trust trust, long order) => new()
    {
        Section = section,
        Series = station,
        Instrument = reading.Instrument,
        Parameter = reading.Parameter,
        SampledFrom = new Instant(reading.SampledFrom.UnixMilliseconds + taken.UnixMilliseconds - reading.SampledTo.UnixMilliseconds),
        SampledTo = taken,
        Value = reading.Value,
        Missing = reading.Missing,
        Unit = reading.Unit,
        Flag = reading.Flag,
        DetectionLimit = reading.DetectionLimit,
        Trust = trust,
        Order = order,
    };
}
