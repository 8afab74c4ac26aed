using Sensor.Ingest.Evidence.Postgres;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Evidence.Postgres;

public sealed class PostgresSchemaTests(PostgresCluster cluster)
{
    private readonly string _connection = cluster.CreateDatabase();

    [Fact]
    public void Prepare_WhileOthersWrite_WaitsForNobody()
    {
        using var writing = PostgresDatabase.Open(_connection);
        PostgresSchema.Prepare(writing);
        writing.Transaction(() =>
        {
            writing.Execute("LOCK TABLE incoming, evidence, sequencer, run, observation IN ROW EXCLUSIVE MODE");
            using var starting = PostgresDatabase.Open(_connection + ";Options=-c lock_timeout=100ms");
            PostgresSchema.Prepare(starting);
            return true;
        });
    }

    [Fact]
    public void Prepare_EarlierVersion_IsBroughtForward()
    {
        using var database = PostgresDatabase.Open(_connection);
        PostgresSchema.Prepare(database, "trial", ["CREATE TABLE trial(a integer);\nINSERT INTO trial VALUES(1)"]);
        PostgresSchema.Prepare(database, "trial", ["CREATE TABLE trial(a integer);\nINSERT INTO trial VALUES(1)", "ALTER TABLE trial ADD COLUMN b integer DEFAULT 2"]);

        Assert.Equal(3, database.Number("SELECT sum(a + b) FROM trial"));
    }

    [Fact]
    public void Prepare_VersionOfANewerProgram_IsRefusedWithTheRemedy()
    {
        using var database = PostgresDatabase.Open(_connection);
        PostgresSchema.Prepare(database, "trial", ["CREATE TABLE trial(a integer)", "CREATE TABLE more(a integer)"]);
        var refused = Assert.Throws<IOException>(() => PostgresSchema.Prepare(database, "trial", ["CREATE TABLE trial(a integer)"]));

        Assert.Contains("has version 2 of the tables of the trial; this program knows 1. Run the program that wrote it, or a newer one.", refused.Message, StringComparison.Ordinal);
    }
}
