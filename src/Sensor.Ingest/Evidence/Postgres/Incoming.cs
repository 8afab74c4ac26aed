using Npgsql;
using NpgsqlTypes;
using Sensor.Contracts;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Evidence.Postgres;

/// <summary>
/// What workers made durable and the sequencer has not given an index yet. Its ids say nothing of the order in which transactions commit,
/// so nobody may read on from the last id; the sequencer takes whatever has no landing, lowest id first.
/// </summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class Incoming(PostgresDatabase database)
{
    /// <summary>Told when rows came.</summary>
    public const string Came = "waterwatch_incoming";

    /// <summary>Told when rows were given their place.</summary>
    public const string Sequenced = "waterwatch_sequenced";

    private const short Record = 0;
    private const short Pending = 1;
    private const short Refused = 2;
    private const short Failed = -1;

    // Who waited for older landings is gone.
    private const long Hour = 3_600_000;

    /// <summary>Makes a batch durable, with the raw bytes that its records name.</summary>
    public void Put(Guid batch, IReadOnlyList<Arrival> arrivals, Instant now) => database.Transaction(() =>
    {
        var attested = new AttestedStore(database);
        foreach (var raw in arrivals.OfType<RecordArrival>().Select(a => a.Raw).OfType<RawMessage>().DistinctBy(r => r.Digest))
        {
            attested.Keep(raw, now.UnixMilliseconds);
        }

        database.Copy("COPY incoming(batch, place, kind, topic, reason, detail, bytes, waited, attested, received_at) FROM STDIN (FORMAT binary)", importer =>
        {
            for (var place = 0; place < arrivals.Count; place++)
            {
                Write(importer, batch, place, arrivals[place], now);
            }
        });
        return database.Execute("SELECT pg_notify($1, '')", Came);
    });

    /// <summary>What became of a batch, in its order; null while some of it waits.</summary>
    /// <exception cref="InvalidDataException">Something of it cannot be stored.</exception>
    public IReadOnlyList<Landing>? LandingsOf(Guid batch)
    {
        var rows = database.Query("SELECT landing, problem FROM incoming WHERE batch = $1 ORDER BY place", row => (Landing: row.IsDBNull(0) ? null : (short?)row.GetInt16(0), Problem: row.OptionalText(1)), batch);
        if (rows.Exists(row => row.Landing is null))
        {
            return null;
        }

        database.Execute("DELETE FROM incoming WHERE batch = $1", batch);
        return rows.Find(row => row.Landing == Failed) is { Problem: { } problem } ? throw new InvalidDataException(problem) : [.. rows.Select(row => (Landing)row.Landing!.Value)];
    }

    /// <summary>What waits for its place, lowest id first.</summary>
    public List<(long Id, Arrival Arrival)> Waiting(int most) => database.Query(
        "SELECT id, kind, topic, reason, detail, bytes, waited, received_at, attested FROM incoming WHERE landing IS NULL ORDER BY id LIMIT $1",
        row => (row.GetInt64(0), Read(row)),
        most);

    /// <summary>Says what became of rows.</summary>
    public void Land(IReadOnlyList<long> ids, IReadOnlyList<Landing> landings)
    {
        database.Execute(
            "UPDATE incoming SET landing = l.landing FROM unnest($1, $2) AS l(id, landing) WHERE incoming.id = l.id",
            ids.ToArray(), landings.Select(l => (short)l).ToArray());
        database.Execute("SELECT pg_notify($1, '')", Sequenced);
    }

    /// <summary>Says that the first row cannot be stored, so that the others need not wait for it.</summary>
    public int Fail(string problem) => database.Transaction(() =>
    {
        database.Execute("SELECT pg_notify($1, '')", Sequenced);
        return database.Execute("UPDATE incoming SET landing = $1, problem = $2 WHERE id = (SELECT min(id) FROM incoming WHERE landing IS NULL)", Failed, problem);
    });

    /// <summary>Drops landings that nobody fetched.</summary>
    public void Sweep(Instant now) => database.Transaction(() => database.Execute("DELETE FROM incoming WHERE landing IS NOT NULL AND received_at < $1", now.UnixMilliseconds - Hour));

    private static void Write(NpgsqlBinaryImporter importer, Guid batch, int place, Arrival arrival, Instant now)
    {
        var (waited, plain) = arrival is TakenUp taken ? ((long?)taken.Id, taken.Arrival) : (null, arrival);
        var (kind, bytes) = plain switch
        {
            RecordArrival record => (Record, record.Envelope.Bytes),
            PendingArrival pending => (Pending, pending.Envelope.Bytes),
            RefusedArrival refused => (Refused, refused.Bytes),
            _ => throw new ArgumentException(plain.GetType().Name, nameof(arrival)),
        };
        var why = plain as RefusedArrival;
        importer.StartRow();
        importer.Write(batch, NpgsqlDbType.Uuid);
        importer.Write(place, NpgsqlDbType.Integer);
        importer.Write(kind, NpgsqlDbType.Smallint);
        importer.Write(PostgresDatabase.Clean(plain.Topic), NpgsqlDbType.Text);
        importer.Write(why is null ? null : PostgresDatabase.Clean(why.Reason), NpgsqlDbType.Text);
        importer.Write(why is null ? null : PostgresDatabase.Clean(why.Detail), NpgsqlDbType.Text);
        importer.Write(bytes.ToArray(), NpgsqlDbType.Bytea);
        importer.Write(waited, NpgsqlDbType.Bigint);
        importer.Write(plain is RecordArrival { Attested: true }, NpgsqlDbType.Boolean);
        importer.Write((arrival.ReceivedAt ?? now).UnixMilliseconds, NpgsqlDbType.Bigint);
    }

    private static Arrival Read(System.Data.Common.DbDataReader row)
    {
        var (topic, bytes, at) = (row.GetString(2), row.Bytes(5), row.Instant(7));
        Arrival arrival = row.GetInt16(1) switch
        {
            Record => Decode(bytes) is var (envelope, decoded) ? new RecordArrival(topic, envelope, decoded) { ReceivedAt = at, Attested = row.GetBoolean(8) } : null!,
            Pending => Decode(bytes) is var (envelope, decoded) ? new PendingArrival(topic, envelope, decoded.Header) { ReceivedAt = at } : null!,
            _ => new RefusedArrival(topic, row.GetString(3), row.GetString(4), bytes) { ReceivedAt = at },
        };
        return row.OptionalNumber(6) is { } waited ? new TakenUp(waited, arrival) : arrival;
    }

    private static (Envelope Envelope, DecodedRecord Decoded) Decode(byte[] bytes) =>
        Envelope.TryParse(bytes, out var envelope, out var refusal) && RecordCodec.TryDecode(envelope.Payload, out var decoded, out refusal)
            ? (envelope, decoded)
            : throw new InvalidDataException($"what a worker stored cannot be read: {refusal?.Detail}");
}
