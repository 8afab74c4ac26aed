using Sensor.Contracts;

namespace Sensor.Ingest.Evidence;

/// <summary>Keeps what was imported: the raw bytes once for each content, and what was last said of each water, by which repeats are known.</summary>
/// <remarks>Works inside the transaction of the evidence log, so that no record is durable without the bytes that it names; one thread at a time.</remarks>
internal sealed class AttestedStore(ISqlDatabase database)
{
    /// <summary>Keeps raw bytes; the same bytes a second time are one.</summary>
    public void Keep(RawMessage raw, long now) => database.Execute(
        "INSERT INTO raw(digest, bytes, source, received_at) VALUES($1, $2, $3, $4) ON CONFLICT DO NOTHING", raw.Digest.ToArray(), raw.Bytes.ToArray(), raw.Source, now);

    /// <summary>Keeps the raw bytes and the statements of a record that the operator signed; of others nothing.</summary>
    public void Add(long index, RecordArrival arrival, long now)
    {
        if (arrival is not { Attested: true, Decoded.Record.Body: ReadingsBody body })
        {
            return;
        }

        if (arrival.Raw is { } raw)
        {
            Keep(raw, now);
        }

        foreach (var reading in body.Readings)
        {
            database.Execute(
                """
                INSERT INTO attested(station, parameter, instrument, sampled_to, said, idx) VALUES($1, $2, $3, $4, $5, $6)
                ON CONFLICT(station, parameter, instrument, sampled_to) DO UPDATE SET said = excluded.said, idx = excluded.idx
                """,
                arrival.Decoded.Header.Station, reading.Parameter, reading.Instrument, reading.SampledTo.UnixMilliseconds, SaidBy(reading), index);
        }
    }

    /// <summary>What was last said of the water of a reading; null where nothing was.</summary>
    public static string? LastSaid(ISqlDatabase evidence, string station, Reading reading) => evidence.Query(
        "SELECT said FROM attested WHERE station = $1 AND parameter = $2 AND instrument = $3 AND sampled_to = $4",
        row => row.GetString(0), station, reading.Parameter, reading.Instrument, reading.SampledTo.UnixMilliseconds).FirstOrDefault();

    /// <summary>The latest water before a moment of which something was said; null where there is none.</summary>
    public static Instant? LatestBefore(ISqlDatabase evidence, string station, Instant moment) =>
        evidence.Number("SELECT max(sampled_to) FROM attested WHERE station = $1 AND sampled_to < $2", station, moment.UnixMilliseconds) is { } at ? new Instant(at) : null;

    /// <summary>What a reading says, without where it came from: two that say the same are a repeat.</summary>
    public static string SaidBy(Reading reading) =>
        $"{reading.SampledFrom} {reading.Value?.ToString() ?? reading.Missing.ToString()} {reading.Unit} {reading.Flag} {reading.DetectionLimit?.ToString() ?? "-"}";
}
