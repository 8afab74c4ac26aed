using Sensor.Ingest.Evidence.Postgres;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Evidence.Postgres;

public sealed class DurabilityTests(PostgresCluster cluster)
{
    [Fact]
    public void Open_ServerWithoutFsync_IsRefusedWithTheRemedy()
    {
        using var careless = new PostgresCluster("-c fsync=off");
        var connection = careless.CreateDatabase();

        var refused = Assert.Throws<IOException>(() => PostgresDatabase.Open(connection));

        Assert.Contains("keeps fsync at 'off' instead of 'on'. Set fsync = on", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DatabaseThatCommitsAsynchronously_CommitsSynchronouslyAllTheSame()
    {
        var connection = cluster.CreateDatabase();
        using (var database = PostgresDatabase.Open(connection))
        {
            database.Execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$");
        }

        using (var database = PostgresDatabase.Open(connection))
        {
            Assert.Equal("on", database.Query("SHOW synchronous_commit", row => row.GetString(0))[0]);
        }

        cluster.Drop(connection);
    }
}
