using Microsoft.Data.Sqlite;
using Sensor.Contracts;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Peers;

/// <summary>What other operators signed: rows, added and never removed, and what of it stood when they were last asked.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PeerStore : IDisposable
{
    private const string Columns = "peer, agreement, section, window, digest, document, jws, supersedes, seen_at, fault";

    private static readonly string[] Versions =
    [
        """
        CREATE TABLE statement(
            id INTEGER PRIMARY KEY, peer TEXT NOT NULL, agreement TEXT NOT NULL, section TEXT NOT NULL, window TEXT NOT NULL, digest BLOB NOT NULL, document BLOB NOT NULL,
            jws TEXT NOT NULL, supersedes BLOB, seen_at INTEGER NOT NULL, fault TEXT, UNIQUE(peer, digest));
        CREATE INDEX statement_window ON statement(agreement, section, window);
        CREATE TABLE current(
            peer TEXT NOT NULL, agreement TEXT NOT NULL, section TEXT NOT NULL, window TEXT NOT NULL, digest BLOB NOT NULL, PRIMARY KEY(peer, agreement, section, window)) WITHOUT ROWID;
        """,
    ];

    private readonly Database _database;

    private PeerStore(Database database) => _database = database;

    /// <summary>Opens the store of a data directory.</summary>
    public static PeerStore Open(string dataDirectory) => new(Database.OpenForWriting(Path.Combine(dataDirectory, "peers.db"), Versions));

    /// <summary>Adds a statement; one that is there stays as it is.</summary>
    public void Add(PeerStatement s) => _database.Execute(
        $"INSERT OR IGNORE INTO statement({Columns}) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)",
        s.Peer, s.Agreement, s.Section, s.Window, s.Digest.ToArray(), s.Document, s.Jws, s.Supersedes?.ToArray(), s.SeenAt.UnixMilliseconds);

    /// <summary>Notes which outcomes stand at an operator.</summary>
    public void Stand(string peer, IReadOnlyCollection<PeerWindow> windows) => _database.Transaction(() =>
    {
        _database.Execute("DELETE FROM current WHERE peer = $1", peer);
        return windows.Sum(w => _database.Execute("INSERT INTO current(peer, agreement, section, window, digest) VALUES($1, $2, $3, $4, $5)", peer, w.Agreement, w.Section, w.Window, w.Digest.ToArray()));
    });

    /// <summary>The outcomes that stood at an operator when it was last asked.</summary>
    public IReadOnlyList<PeerWindow> Standing(string peer) => _database.Query(
        "SELECT agreement, section, window, digest FROM current WHERE peer = $1 ORDER BY agreement, section, window",
        row => new PeerWindow(row.GetString(0), row.GetString(1), row.GetString(2), row.Digest(3)), peer);

    /// <summary>Everything that an operator ever signed, by digest, and the window that it is of.</summary>
    public IReadOnlyDictionary<Digest, PeerWindow> Signed(string peer) => _database.Query(
        "SELECT agreement, section, window, digest FROM statement WHERE peer = $1",
        row => new PeerWindow(row.GetString(0), row.GetString(1), row.GetString(2), row.Digest(3)), peer).ToDictionary(w => w.Digest);

    /// <summary>Notes what the bundle of a statement shows; empty where everything holds.</summary>
    public void Note(string peer, Digest digest, string fault) => _database.Execute("UPDATE statement SET fault = $3 WHERE peer = $1 AND digest = $2", peer, digest.ToArray(), fault);

    /// <summary>One statement; null where it was never seen.</summary>
    public PeerStatement? Find(string peer, Digest digest) => _database.Query($"SELECT {Columns} FROM statement WHERE peer = $1 AND digest = $2", Read, peer, digest.ToArray()).SingleOrDefault();

    /// <summary>What an operator ever signed about a window, in the order in which it was seen.</summary>
    public IReadOnlyList<PeerStatement> Of(string peer, string agreement, string section, string window) => _database.Query(
        $"SELECT {Columns} FROM statement WHERE peer = $1 AND agreement = $2 AND section = $3 AND window = $4 ORDER BY id", Read, peer, agreement, section, window);

    public void Dispose() => _database.Dispose();

    private static PeerStatement Read(SqliteDataReader row) => new()
    {
        Peer = row.GetString(0),
        Agreement = row.GetString(1),
        Section = row.GetString(2),
        Window = row.GetString(3),
        Digest = row.Digest(4),
        Document = row.Bytes(5),
        Jws = row.GetString(6),
        Supersedes = row.OptionalDigest(7),
        SeenAt = row.Instant(8),
        Fault = row.OptionalText(9),
    };
}
