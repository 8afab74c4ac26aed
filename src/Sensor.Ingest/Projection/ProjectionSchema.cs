namespace Sensor.Ingest.Projection;

/// <summary>The tables of <c>influx.db</c>. All of it follows from the evidence; a rebuild makes it anew.</summary>
internal static class ProjectionSchema
{
    public const string Sql = """
        CREATE TABLE IF NOT EXISTS generation(
            number INTEGER PRIMARY KEY, marker TEXT NOT NULL, state TEXT NOT NULL CHECK(state IN ('building', 'current')),
            taken INTEGER NOT NULL, written INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS statement(
            generation INTEGER NOT NULL, station TEXT NOT NULL, parameter TEXT NOT NULL, sampled INTEGER NOT NULL, instrument TEXT NOT NULL,
            run BLOB NOT NULL, sequence INTEGER NOT NULL, position INTEGER NOT NULL, idx INTEGER NOT NULL, section TEXT NOT NULL,
            digits TEXT, missing TEXT, unit TEXT NOT NULL, flag TEXT NOT NULL, forked INTEGER NOT NULL,
            PRIMARY KEY(generation, station, parameter, sampled, instrument, run, sequence, idx, position)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS dirty(
            generation INTEGER NOT NULL, station TEXT NOT NULL, parameter TEXT NOT NULL, sampled INTEGER NOT NULL, instrument TEXT NOT NULL,
            PRIMARY KEY(generation, station, parameter, sampled, instrument)) WITHOUT ROWID;
        """;
}
