namespace Sensor.Edge.Outbox;

/// <summary>The tables of the outbox. Whole numbers, texts and bytes only.</summary>
internal static class OutboxSchema
{
    /// <summary>"WWob": says that a file is an outbox.</summary>
    public const long ApplicationId = 0x57576F62;

    public const long Version = 2;

    /// <summary>
    /// A record's position counts through all runs without gaps; its sequence is position − run.first + 1, stored as well so that
    /// the file explains itself and the index guards it.
    /// </summary>
    public const string Create = """
        CREATE TABLE station (one INTEGER PRIMARY KEY CHECK (one = 1), deployment TEXT NOT NULL, station TEXT NOT NULL, key BLOB NOT NULL) STRICT;
        CREATE TABLE run (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, first INTEGER NOT NULL, configuration BLOB NOT NULL, orderly INTEGER NOT NULL) STRICT;
        CREATE TABLE record (position INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run, sequence INTEGER NOT NULL, digest BLOB NOT NULL, envelope BLOB NOT NULL, UNIQUE (run, sequence)) STRICT;
        CREATE TABLE driver (instrument TEXT PRIMARY KEY, position TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE receipt (operator TEXT NOT NULL, run INTEGER NOT NULL REFERENCES run, through INTEGER NOT NULL, covered BLOB NOT NULL, time INTEGER NOT NULL, envelope BLOB NOT NULL, PRIMARY KEY (operator, run)) STRICT, WITHOUT ROWID;
        CREATE TABLE seen (operator TEXT PRIMARY KEY, digest BLOB NOT NULL) STRICT, WITHOUT ROWID;
        """ + "\n" + Removed;

    /// <summary>What version 2 added: ranges of positions that are no longer held; loss is the position of the record that says so, and below 1 where all was receipted.</summary>
    public const string Removed = """
        CREATE TABLE removed (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, loss INTEGER NOT NULL) STRICT;
        """;
}
