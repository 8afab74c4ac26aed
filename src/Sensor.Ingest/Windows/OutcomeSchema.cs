namespace Sensor.Ingest.Windows;

/// <summary>The tables of the outcome file, one script for each version.</summary>
internal static class OutcomeSchema
{
    // Files written before versions were counted have the first and say 0.
    public static IReadOnlyList<string> Versions { get; } =
    [
        """
        CREATE TABLE IF NOT EXISTS outcome(
            id INTEGER PRIMARY KEY, agreement TEXT NOT NULL, section TEXT NOT NULL, window TEXT NOT NULL, window_from INTEGER NOT NULL, window_to INTEGER NOT NULL,
            digest BLOB NOT NULL UNIQUE, verdict BLOB NOT NULL, document BLOB NOT NULL, jws TEXT NOT NULL, supersedes BLOB, issued_at INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS outcome_window ON outcome(agreement, section, window);
        CREATE TABLE IF NOT EXISTS latest(agreement TEXT NOT NULL, section TEXT NOT NULL, window TEXT NOT NULL, digest BLOB NOT NULL, PRIMARY KEY(agreement, section, window)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS standing(
            agreement TEXT NOT NULL, section TEXT NOT NULL, window TEXT NOT NULL, window_from INTEGER NOT NULL, window_to INTEGER NOT NULL,
            digest BLOB NOT NULL, verdict BLOB NOT NULL, document BLOB NOT NULL, computed_at INTEGER NOT NULL, PRIMARY KEY(agreement, section, window)) WITHOUT ROWID;
        """,
        """
        ALTER TABLE outcome ADD COLUMN difference TEXT;
        ALTER TABLE latest ADD COLUMN difference TEXT;
        CREATE TABLE late_finding(
            agreement TEXT NOT NULL, section TEXT NOT NULL, window TEXT NOT NULL, digest BLOB NOT NULL, verdict BLOB NOT NULL, document BLOB NOT NULL,
            difference TEXT NOT NULL, found_at INTEGER NOT NULL, PRIMARY KEY(agreement, section, window)) WITHOUT ROWID;
        """,
    ];
}
