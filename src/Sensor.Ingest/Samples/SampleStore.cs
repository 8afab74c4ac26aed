using Sensor.Contracts;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Samples;

/// <summary>The files of joint samples: rows, added and never changed, in a file of their own so that the command line can enter them while the service runs.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SampleStore : IDisposable
{
    private const string Schema =
        "CREATE TABLE IF NOT EXISTS samples(id INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL, reason TEXT, recorded_at INTEGER NOT NULL, recorded_by TEXT NOT NULL);";

    private readonly Database _database;
    private readonly TimeProvider _time;

    private SampleStore(Database database, TimeProvider time) => (_database, _time) = (database, time);

    /// <summary>Opens the store of a data directory.</summary>
    public static SampleStore Open(string dataDirectory, TimeProvider time) => new(Database.OpenForWriting(Path.Combine(dataDirectory, "samples.db"), Schema), time);

    /// <summary>A number that changes when another connection has changed the file.</summary>
    public long Version => _database.Number("PRAGMA data_version") ?? 0;

    /// <summary>Every file, in the order of entering.</summary>
    public IReadOnlyList<EnteredSamples> All() => _database.Query(
        "SELECT digest, bytes, reason, recorded_at, recorded_by FROM samples ORDER BY id",
        row => new EnteredSamples(row.Digest(0), row.Bytes(1), EnteredSamples.Read(row.Bytes(1)), row.OptionalText(2), row.Instant(3), row.GetString(4)));

    /// <summary>Enters a file, when a check that sees all files before it allows it; nobody enters another one meanwhile.</summary>
    /// <param name="bytes">Its exact bytes.</param>
    /// <param name="reason">Why it states otherwise what was stated before.</param>
    /// <param name="by">Who enters it.</param>
    /// <param name="check">Whether the file is to be kept; what it throws leaves everything as it was.</param>
    public void Enter(byte[] bytes, string? reason, string by, Func<IReadOnlyList<EnteredSamples>, bool> check) => _database.Transaction(() => check(All())
        && _database.Execute(
            "INSERT INTO samples(digest, bytes, reason, recorded_at, recorded_by) VALUES($1, $2, $3, $4, $5)",
            Digest.Of(bytes).ToArray(), bytes, reason, Instant.From(_time.GetUtcNow()).UnixMilliseconds, by) == 1);

    public void Dispose() => _database.Dispose();
}
