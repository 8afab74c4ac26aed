using Microsoft.Extensions.Logging.Abstractions;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Evidence.Postgres;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Evidence.Postgres;

/// <summary>The contract of stores in a real PostgreSQL.</summary>
public sealed class PostgresEvidenceTests(PostgresCluster cluster) : EvidenceStoreContract
{
    private readonly string _connection = cluster.CreateDatabase();

    private protected override IEvidenceStore Open(TimeProvider time) => PostgresEvidenceStore.Open(_connection, time, NullLogger.Instance);

    private protected override ISqlDatabase OpenForReading() => PostgresDatabase.Open(_connection);

    private protected override ISqlDatabase OpenForWriting() => PostgresDatabase.Open(_connection);

    private protected override long Rebuild() => StoreRebuild.InPostgres(_connection, TimeProvider.System);

    protected override void Close() => cluster.Drop(_connection);
}
