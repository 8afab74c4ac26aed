using Sensor.Compliance.Agreements;
using Sensor.Contracts;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Signing;

/// <summary>The documents of determinations and their signatures: rows, added and never changed, in a file of their own so that the command line can enter them while the service runs.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class DeterminationStore : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS document(digest BLOB PRIMARY KEY, agreement TEXT NOT NULL, version INTEGER NOT NULL, bytes BLOB NOT NULL, recorded_at INTEGER NOT NULL, recorded_by TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS signature(digest BLOB NOT NULL, party TEXT NOT NULL, jws TEXT NOT NULL, recorded_at INTEGER NOT NULL, recorded_by TEXT NOT NULL, PRIMARY KEY(digest, party));
        """;

    private readonly Database _database;
    private readonly TimeProvider _time;

    private DeterminationStore(Database database, TimeProvider time) => (_database, _time) = (database, time);

    /// <summary>Opens the store of a data directory.</summary>
    public static DeterminationStore Open(string dataDirectory, TimeProvider time) =>
        new(Database.OpenForWriting(Path.Combine(dataDirectory, "determinations.db"), [Schema]), time);

    /// <summary>A number that changes when another connection has changed the file.</summary>
    public long Version => _database.Number("PRAGMA data_version") ?? 0;

    /// <summary>Every document, by agreement and version, in the order of entering.</summary>
    public IReadOnlyList<SignedDeterminations> All() => _database.Together(() =>
    {
        var signatures = _database.Query("SELECT digest, party, jws FROM signature", row => (Digest: row.Digest(0), Party: row.GetString(1), Jws: row.GetString(2))).ToLookup(s => s.Digest);
        return _database.Query(
            "SELECT bytes, recorded_at, recorded_by, digest FROM document ORDER BY agreement, version, rowid",
            row => new SignedDeterminations(
                Determinations.Read(row.Digest(3).ToString(), row.Bytes(0)),
                row.Bytes(0),
                signatures[row.Digest(3)].ToDictionary(s => s.Party, s => s.Jws, StringComparer.Ordinal),
                row.Instant(1),
                row.GetString(2)));
    });

    /// <summary>Enters a document that was checked, and signatures that hold; what is there already is not entered twice.</summary>
    public void Enter(Determinations document, byte[] bytes, IReadOnlyDictionary<string, string> signatures, string by) => _database.Transaction(() =>
    {
        _database.Execute(
            "INSERT OR IGNORE INTO document(digest, agreement, version, bytes, recorded_at, recorded_by) VALUES($1, $2, $3, $4, $5, $6)",
            document.Digest.ToArray(), document.Agreement, document.Version, bytes, Now, by);
        foreach (var (party, jws) in signatures)
        {
            _database.Execute(
                "INSERT OR IGNORE INTO signature(digest, party, jws, recorded_at, recorded_by) VALUES($1, $2, $3, $4, $5)", document.Digest.ToArray(), party, jws, Now, by);
        }

        return true;
    });

    public void Dispose() => _database.Dispose();

    private long Now => Instant.From(_time.GetUtcNow()).UnixMilliseconds;
}
