using Sensor.Ingest.Archives;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence.Postgres;

namespace Sensor.Ingest.Evidence;

/// <summary>Opens the evidence where the configuration has it.</summary>
internal static class EvidenceStores
{
    /// <summary>For taking arrivals.</summary>
    public static IEvidenceStore Open(IngestConfiguration configuration, TimeProvider time, ILogger logger) => configuration.Store switch
    {
        PostgresStore postgres => PostgresEvidenceStore.Open(PostgresSettings.ConnectionString(postgres), time, logger),
        _ => EvidenceLog.Open(configuration.DataDirectory, time, logger),
    };

    /// <summary>For reading beside whoever writes, once the store exists.</summary>
    public static ISqlDatabase OpenForReading(IngestConfiguration configuration) => configuration.Store switch
    {
        PostgresStore postgres => PostgresDatabase.Open(PostgresSettings.ConnectionString(postgres)),
        _ => EvidenceSchema.Demand(Database.OpenForReading(EvidenceLog.PathIn(configuration.DataDirectory), new EvidenceArchive(configuration.Archive))),
    };

    /// <summary>Notes beside the writer that the log goes on from an earlier state.</summary>
    public static void NoteRestored(IngestConfiguration configuration, RestoreNote note)
    {
        using var database = configuration.Store switch
        {
            PostgresStore postgres => (ISqlDatabase)PostgresDatabase.Open(PostgresSettings.ConnectionString(postgres)),
            _ => Database.OpenForWriting(EvidenceLog.PathIn(configuration.DataDirectory), EvidenceSchema.Versions),
        };
        new RestoreNotes(database).Add(note);
    }

    /// <summary>For reading; null where no ingest has made the store yet.</summary>
    public static ISqlDatabase? TryOpenForReading(IngestConfiguration configuration)
    {
        if (configuration.Store is not PostgresStore)
        {
            return File.Exists(EvidenceLog.PathIn(configuration.DataDirectory)) ? OpenForReading(configuration) : null;
        }

        var database = OpenForReading(configuration);
        if (database.Query("SELECT 1 FROM pg_class WHERE oid = to_regclass('log')", _ => true).Count > 0)
        {
            return database;
        }

        database.Dispose();
        return null;
    }
}
