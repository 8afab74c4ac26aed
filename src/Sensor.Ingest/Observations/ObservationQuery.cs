using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Observations;

/// <summary>A reading with where it came from.</summary>
/// <param name="Station">The station.</param>
/// <param name="Index">The index of its record in the evidence log.</param>
/// <param name="Reading">The reading.</param>
/// <param name="ClockSuspect">Whether the station's clock was later than the record's arrival; see <see cref="ClockSuspicion"/>.</param>
internal sealed record ObservedReading(string Station, long Index, Reading Reading, bool ClockSuspect);

/// <summary>A page of readings.</summary>
/// <param name="Items">In order of the evidence log.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
internal sealed record ObservationPage(IReadOnlyList<ObservedReading> Items, long? Next);

/// <summary>Which readings of a section are wanted. It shows what was received, revisions and forks included; identical readings of an instant once.</summary>
/// <param name="Section">The section.</param>
/// <param name="Parameter">The factor code, or null for all.</param>
/// <param name="From">The first moment at which the water had been taken.</param>
/// <param name="To">The first moment after.</param>
/// <param name="Cursor">The index of the evidence log at which to begin.</param>
/// <param name="Limit">The most records of a page.</param>
internal sealed record ObservationQuery(string Section, string? Parameter, Instant? From, Instant? To, long Cursor, int Limit)
{
    // A record's instant is when the station sampled; the water may have been taken earlier, and is never dated a day later.
    private const long Day = 86_400_000;

    public static ObservationPage Run(ISqlDatabase evidence, RegistrySnapshot registry, ObservationQuery query)
    {
        var stations = registry.StationsAt(query.Section);
        var rows = stations.SelectMany(station => evidence.Query(
                "SELECT o.idx, o.payload, e.received_at FROM observation o JOIN evidence e ON e.idx = o.idx WHERE o.station = $1 AND o.idx >= $2 AND o.instant >= $3 ORDER BY o.idx LIMIT $4",
                row => (Index: row.GetInt64(0), Station: station, Payload: row.Bytes(1), ReceivedAt: row.Instant(2)),
                station, query.Cursor, (query.From?.UnixMilliseconds - Day) ?? long.MinValue, query.Limit + 1))
            .OrderBy(row => row.Index).Take(query.Limit + 1).ToList();
        var items = rows.Take(query.Limit).SelectMany(row => Readings(row.Payload)
            .Where(r => query.Matches(r.Reading) && registry.SectionOf(row.Station, r.Reading.SampledTo) == query.Section)
            .Select(r => new ObservedReading(row.Station, row.Index, r.Reading, ClockSuspicion.IsSuspect(r.Wall, row.ReceivedAt))));
        return new ObservationPage([.. items], rows.Count > query.Limit ? rows[^1].Index : null);
    }

    private bool Matches(Reading reading) =>
        (Parameter is null || reading.Parameter == Parameter)
        && (From is not { } from || reading.SampledTo >= from)
        && (To is not { } to || reading.SampledTo < to);

    private static IEnumerable<(Reading Reading, Instant Wall)> Readings(byte[] payload) =>
        RecordCodec.TryDecode(payload, out var decoded, out _) && decoded.Record is { Body: ReadingsBody body, Wall: var wall } ? body.Readings.Select(r => (r, wall)) : [];
}
