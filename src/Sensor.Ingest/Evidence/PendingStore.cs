using Sensor.Contracts;

namespace Sensor.Ingest.Evidence;

/// <summary>
/// Records whose key nobody has enrolled. The public key does not travel, so they cannot be verified yet; their number and bytes are bounded.
/// </summary>
internal sealed class PendingStore(ISqlDatabase database)
{
    /// <summary>The most records kept for unknown keys.</summary>
    public const int MostRecords = 10_000;

    /// <summary>The most bytes kept for unknown keys.</summary>
    public const long MostBytes = 64L << 20;

    private (long Records, long Bytes)? _kept;

    /// <summary>Keeps a record; refused where the bound is reached.</summary>
    public Landing Add(PendingArrival arrival, long now)
    {
        if (database.Number("SELECT id FROM pending WHERE digest = $1", arrival.Envelope.Digest.ToArray()) is not null)
        {
            return Landing.PendingRepeat;
        }

        var (records, bytes) = _kept ??= Count();
        if (records >= MostRecords || bytes + arrival.Envelope.Bytes.Length > MostBytes)
        {
            return Landing.Refused;
        }

        database.Execute(
            "INSERT INTO pending(key_id, station, digest, envelope, topic, received_at) VALUES($1, $2, $3, $4, $5, $6)",
            arrival.Envelope.KeyId.ToArray(), arrival.Header.Station, arrival.Envelope.Digest.ToArray(), arrival.Envelope.Bytes.ToArray(), arrival.Topic, now);
        _kept = (records + 1, bytes + arrival.Envelope.Bytes.Length);
        return Landing.Pending;
    }

    /// <summary>The records of some keys, oldest first.</summary>
    public IReadOnlyList<(long Id, string Topic, ReadOnlyMemory<byte> Envelope)> Of(IReadOnlySet<Digest> keyIds)
    {
        var waiting = database.Query("SELECT DISTINCT key_id FROM pending", row => row.Digest(0)).Where(keyIds.Contains);
        return [.. waiting.SelectMany(key => database.Query(
            "SELECT id, topic, envelope FROM pending WHERE key_id = $1 ORDER BY id",
            row => (row.GetInt64(0), row.GetString(1), (ReadOnlyMemory<byte>)row.Bytes(2)),
            key.ToArray())).OrderBy(w => w.Item1)];
    }

    /// <summary>Gives up a record that was taken up.</summary>
    public void Remove(long id)
    {
        database.Execute("DELETE FROM pending WHERE id = $1", id);
        Forget();
    }

    /// <summary>Forgets what was counted in memory, as after a transaction that failed.</summary>
    public void Forget() => _kept = null;

    private (long Records, long Bytes) Count() =>
        database.Query("SELECT count(*), coalesce(sum(length(envelope)), 0) FROM pending", row => (row.GetInt64(0), row.GetInt64(1)))[0];
}
