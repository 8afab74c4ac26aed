namespace Sensor.Ingest.Evidence.Postgres;

/// <summary>The registry's tables in PostgreSQL, beside the evidence.</summary>
internal static class PostgresRegistry
{
    private static readonly string[] Versions =
    [
        """
        CREATE TABLE IF NOT EXISTS placement(
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, station text NOT NULL, section text NOT NULL, valid_from bigint, recorded_at bigint NOT NULL, recorded_by text NOT NULL);
        CREATE TABLE IF NOT EXISTS station_key(
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, station text NOT NULL, key_id bytea NOT NULL UNIQUE, public_key bytea NOT NULL, recorded_at bigint NOT NULL, recorded_by text NOT NULL,
            trust text NOT NULL CHECK(trust IN ('device', 'attested')));
        CREATE TABLE IF NOT EXISTS revocation(
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key_id bytea NOT NULL UNIQUE, revoked_at bigint NOT NULL, recorded_at bigint NOT NULL, recorded_by text NOT NULL);
        """,
    ];

    /// <summary>Opens the tables and makes them where there are none. Transactions come one after another, so that what one checks no other changes meanwhile.</summary>
    public static ISqlDatabase Open(string connection)
    {
        var database = PostgresDatabase.Open(connection, atBegin: AdvisoryLocks.Take(AdvisoryLocks.Registry));
        try
        {
            PostgresSchema.Prepare(database, "registry", Versions);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
