using Sensor.Contracts;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Evidence;

/// <summary>
/// What the API and the pages show of the readings in the evidence: a station's identical readings of one instant once, however many records
/// state them. Decisions read the evidence, never this table.
/// </summary>
/// <remarks>Works inside the transaction of the evidence log; one thread at a time.</remarks>
internal sealed class ObservationTable(ISqlDatabase database, IObservationPartitions? partitions = null)
{
    // No observation of a station is later; after a transaction that failed it may say too late a moment, which only costs a question.
    private readonly Dictionary<string, long> _latest = new(StringComparer.Ordinal);

    /// <summary>Adds the readings of a record; other readings of the same instant, a revision, are kept beside those that are there.</summary>
    /// <returns>False where identical readings are there already.</returns>
    public bool Add(long index, string station, ReadingsBody readings, ReadOnlyMemory<byte> payload)
    {
        var instant = readings.Instant.UnixMilliseconds;
        var latest = Latest(station);
        if (instant <= latest && Held(station, instant).Any(other => States(other, readings)))
        {
            return false;
        }

        partitions?.Ensure(readings.Instant);
        database.Execute("INSERT INTO observation(idx, station, instant, payload) VALUES($1, $2, $3, $4)", index, station, instant, payload);
        _latest[station] = long.Max(latest, instant);
        return true;
    }

    private long Latest(string station) => _latest.TryGetValue(station, out var latest)
        ? latest
        : database.Number("SELECT max(instant) FROM observation WHERE station = $1", station) ?? long.MinValue;

    private List<byte[]> Held(string station, long instant) =>
        database.Query("SELECT payload FROM observation WHERE station = $1 AND instant = $2", row => row.Bytes(0), station, instant);

    private static bool States(byte[] payload, ReadingsBody readings) =>
        RecordCodec.TryDecode(payload, out var decoded, out _) && decoded.Record?.Body is ReadingsBody other && other.Readings.SequenceEqual(readings.Readings);
}
