using Sensor.Contracts;
using Sensor.Contracts.Evidence;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Checkpoints;

/// <summary>A log that this operator opened.</summary>
/// <param name="Number">Which one it was, counted from 1.</param>
/// <param name="Id">Its identity.</param>
/// <param name="Restores">How many backups the evidence had been restored from when it was opened.</param>
/// <param name="Continues">The log before; null for the first.</param>
internal sealed record OpenedLog(long Number, LifeId Id, long Restores, ContinuedLog? Continues);

/// <summary>
/// The checkpoints that were published: rows, added and never changed, in a file of their own. So evidence that was put back to an earlier state is
/// noticed by what this file still holds.
/// </summary>
/// <remarks>Thread-safe; another process may have the file open too.</remarks>
internal sealed class CheckpointStore(ISqlDatabase database) : IDisposable
{
    /// <summary>The name of the file in a data directory.</summary>
    public const string FileName = "checkpoints.db";

    /// <summary>The tables; <c>subtree</c> follows from the evidence.</summary>
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS log(
            number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, opened_at INTEGER NOT NULL, restores INTEGER NOT NULL,
            continues BLOB, continues_size INTEGER, continues_root BLOB);
        CREATE TABLE IF NOT EXISTS checkpoint(log INTEGER NOT NULL, size INTEGER NOT NULL, note BLOB NOT NULL, PRIMARY KEY(log, size)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS subtree(place INTEGER PRIMARY KEY, root BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS receipt(
            digest BLOB PRIMARY KEY, operator TEXT NOT NULL, station TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, envelope BLOB NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS receipt_size ON receipt(operator, size);
        """;

    /// <summary>Opens the store of a data directory.</summary>
    public static CheckpointStore Open(string dataDirectory) => new(Database.OpenForWriting(Path.Combine(dataDirectory, FileName), Schema));

    /// <summary>The file.</summary>
    public ISqlDatabase Tables => database;

    /// <summary>Every log, in the order of opening.</summary>
    public IReadOnlyList<OpenedLog> Logs() => database.Query(
        "SELECT number, id, restores, continues, continues_size, continues_root FROM log ORDER BY number",
        row => new OpenedLog(row.GetInt64(0), row.Life(1), row.GetInt64(2), row.IsDBNull(3) ? null : new ContinuedLog(row.Life(3), row.GetInt64(4), row.Digest(5))));

    /// <summary>Opens another log, inside a transaction.</summary>
    public OpenedLog Begin(LifeId id, long restores, ContinuedLog? continues, Instant at)
    {
        database.Execute(
            "INSERT INTO log(id, opened_at, restores, continues, continues_size, continues_root) VALUES($1, $2, $3, $4, $5, $6)",
            id.ToArray(), at.UnixMilliseconds, restores, continues?.Log.ToArray(), continues?.Size, continues?.Root.ToArray());
        return Logs()[^1];
    }

    /// <summary>The sizes of the checkpoints of a log, ascending.</summary>
    public IReadOnlyList<long> Sizes(OpenedLog log) => database.Query("SELECT size FROM checkpoint WHERE log = $1 ORDER BY size", row => row.GetInt64(0), log.Number);

    /// <summary>The latest checkpoint of a log; null before the first.</summary>
    public SignedCheckpoint? Latest(OpenedLog log) => Read("SELECT note FROM checkpoint WHERE log = $1 ORDER BY size DESC LIMIT 1", log.Number);

    /// <summary>The checkpoint of a log at a size; null where none was published.</summary>
    public SignedCheckpoint? Find(OpenedLog log, long size) => Read("SELECT note FROM checkpoint WHERE log = $1 AND size = $2", log.Number, size);

    /// <summary>Adds a checkpoint, inside a transaction. A second one of the same size is refused by the key of the table.</summary>
    public void Put(OpenedLog log, SignedCheckpoint note) =>
        database.Execute("INSERT INTO checkpoint(log, size, note) VALUES($1, $2, $3)", log.Number, note.Checkpoint.Size, note.Bytes.ToArray());

    public void Dispose() => database.Dispose();

    private SignedCheckpoint? Read(string sql, params object?[] values) => database.Query(sql, row => SignedCheckpoint.Read(row.Bytes(0)), values).FirstOrDefault();
}
