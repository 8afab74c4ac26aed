using Microsoft.Extensions.Logging.Abstractions;
using Sensor.Ingest.Archives;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence.Postgres;

namespace Sensor.Ingest.Evidence;

/// <summary>Rebuilds the projections of a store that no service writes meanwhile.</summary>
internal static class StoreRebuild
{
    /// <summary>Rebuilds what a configuration names.</summary>
    /// <returns>The number of records.</returns>
    /// <exception cref="IOException">A service is running.</exception>
    public static long Run(IngestConfiguration configuration)
    {
        using var held = DataDirectoryLock.Take(configuration.DataDirectory);
        return configuration.Store is PostgresStore postgres ? InPostgres(PostgresSettings.ConnectionString(postgres), TimeProvider.System) : InSqlite(configuration.DataDirectory, configuration.Archive);
    }

    /// <summary>Rebuilds the file of a data directory.</summary>
    public static long InSqlite(string dataDirectory, IReadOnlyList<string>? archive = null)
    {
        using var database = Database.OpenForWriting(EvidenceLog.PathIn(dataDirectory), EvidenceSchema.Versions, archive: new EvidenceArchive(archive ?? []));
        return ProjectionRebuild.Run(database);
    }

    /// <summary>Rebuilds as the sequencer, so that no other gives indexes at the same time.</summary>
    public static long InPostgres(string connection, TimeProvider time)
    {
        using var sequencer = new Sequencer(connection, time);
        return sequencer.TryBegin(NullLogger.Instance)
            ? ProjectionRebuild.Run(sequencer.Write, new ObservationMonths(sequencer.Write))
            : throw new IOException($"{sequencer.Write.Place}: a running waterwatch-ingest is the sequencer. Stop every ingest that uses this database.");
    }
}
