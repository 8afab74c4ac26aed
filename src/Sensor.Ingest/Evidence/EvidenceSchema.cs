namespace Sensor.Ingest.Evidence;

/// <summary>The tables of the evidence file. Only <c>evidence</c>, <c>pending</c>, <c>dead_letter</c> and <c>raw</c> hold what came, and <c>restored</c> and <c>archived</c> what was done; all others follow from <c>evidence</c>.</summary>
internal static class EvidenceSchema
{
    /// <summary>What is added stays for ever, because files of every version are about. The first has IF NOT EXISTS: files were made before they had versions.</summary>
    public static IReadOnlyList<string> Versions { get; } =
    [
        """
        CREATE TABLE IF NOT EXISTS evidence(
            idx INTEGER PRIMARY KEY, station TEXT NOT NULL, run BLOB NOT NULL, sequence INTEGER NOT NULL, digest BLOB NOT NULL UNIQUE,
            envelope BLOB NOT NULL, received_at INTEGER NOT NULL, standing TEXT NOT NULL CHECK(standing IN ('new', 'fork')), unmapped TEXT);
        CREATE INDEX IF NOT EXISTS evidence_identity ON evidence(station, run, sequence);
        CREATE TABLE IF NOT EXISTS log(id INTEGER PRIMARY KEY CHECK(id = 1), size INTEGER NOT NULL, peaks BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS run(
            station TEXT NOT NULL, run BLOB NOT NULL, first_idx INTEGER NOT NULL, covered TEXT NOT NULL,
            previous_run BLOB, previous_sequence INTEGER, previous_digest BLOB, PRIMARY KEY(station, run)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS loss(
            idx INTEGER PRIMARY KEY, station TEXT NOT NULL, run BLOB NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, count INTEGER NOT NULL, reason TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS fork(
            station TEXT NOT NULL, run BLOB NOT NULL, sequence INTEGER NOT NULL, first_idx INTEGER NOT NULL, second_idx INTEGER NOT NULL, PRIMARY KEY(station, run, sequence)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS rollback(
            station TEXT NOT NULL, run BLOB NOT NULL, previous_run BLOB NOT NULL, kind TEXT NOT NULL, said INTEGER NOT NULL, held INTEGER NOT NULL, PRIMARY KEY(station, run)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS observation(idx INTEGER PRIMARY KEY, station TEXT NOT NULL, instant INTEGER NOT NULL, payload BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS observation_time ON observation(station, instant);
        CREATE TABLE IF NOT EXISTS station_last(
            station TEXT PRIMARY KEY, idx INTEGER NOT NULL, run BLOB NOT NULL, sequence INTEGER NOT NULL, wall INTEGER, clock INTEGER, clock_error INTEGER, received_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS pending(
            id INTEGER PRIMARY KEY, key_id BLOB NOT NULL, station TEXT NOT NULL, digest BLOB NOT NULL UNIQUE, envelope BLOB NOT NULL, topic TEXT NOT NULL, received_at INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS pending_key ON pending(key_id);
        CREATE TABLE IF NOT EXISTS dead_letter(
            id INTEGER PRIMARY KEY, reason TEXT NOT NULL, detail TEXT NOT NULL, topic TEXT NOT NULL, size INTEGER NOT NULL, bytes BLOB NOT NULL, received_at INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS raw(id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL, source TEXT NOT NULL, received_at INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS attested(
            station TEXT NOT NULL, parameter TEXT NOT NULL, instrument TEXT NOT NULL, sampled_to INTEGER NOT NULL, said TEXT NOT NULL, idx INTEGER NOT NULL,
            PRIMARY KEY(station, parameter, instrument, sampled_to)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS attested_time ON attested(station, sampled_to);
        CREATE TABLE IF NOT EXISTS restored(id INTEGER PRIMARY KEY, restored_at INTEGER NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL);
        """,
        "CREATE TABLE archived(first INTEGER PRIMARY KEY, count INTEGER NOT NULL, file TEXT NOT NULL, sha256 BLOB NOT NULL, folder TEXT NOT NULL);",
    ];

    /// <summary>Refuses a file of other tables than this program reads.</summary>
    /// <exception cref="IOException">It is older or newer; the message says what to do.</exception>
    public static Database Demand(Database database)
    {
        var version = database.Version;
        if (version == Versions.Count)
        {
            return database;
        }

        database.Dispose();
        var remedy = version > Versions.Count ? "Run the program that wrote it, or a newer one." : "Start the service of this program once, which brings it forward.";
        throw new IOException($"{database.Path} has version {version} of its tables; this program reads {Versions.Count}. {remedy}");
    }
}
