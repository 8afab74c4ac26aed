using Microsoft.Data.Sqlite;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Tests.Evidence;

public sealed class DatabaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waterwatch-database-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Query_WhileAnotherThreadIsInATransaction_SeesAllOfItOrNothing()
    {
        using var database = Database.OpenForWriting(Path.Combine(_folder.FullName, "t.db"), "CREATE TABLE t(x INTEGER)");
        using var halfDone = new ManualResetEventSlim();
        using var asked = new ManualResetEventSlim();

        var writing = Task.Run(
            () => database.Transaction(() =>
            {
                database.Execute("INSERT INTO t VALUES(1)");
                halfDone.Set();
                asked.Wait(TestContext.Current.CancellationToken);
                return database.Execute("INSERT INTO t VALUES(2)");
            }),
            TestContext.Current.CancellationToken);
        halfDone.Wait(TestContext.Current.CancellationToken);
        var reading = Task.Run(
            () =>
            {
                asked.Set();
                return database.Number("SELECT count(*) FROM t");
            },
            TestContext.Current.CancellationToken);

        await writing;
        Assert.Equal(2, await reading);
    }

    [Fact]
    public void Execute_WithinATransactionAndOutside_BindsByNameWhateverTheirOrder()
    {
        using var database = Database.OpenForWriting(Path.Combine(_folder.FullName, "t.db"), "CREATE TABLE t(id INTEGER PRIMARY KEY, text TEXT, bytes BLOB, missing TEXT)");
        ReadOnlyMemory<byte> bytes = new byte[] { 1, 2, 3 }.AsMemory(1);
        const string Insert = "INSERT INTO t(missing, bytes, text, id) VALUES($4, $3, $2, $1)";

        Assert.Equal(1, database.Execute(Insert, 7L, "水", bytes, null));
        Assert.Equal(1, database.Transaction(() => database.Execute(Insert, 8L, "水", bytes, null)));
        Assert.Equal(1, database.Transaction(() => database.Execute(Insert, 9, "", Array.Empty<byte>(), "x")));
        Assert.Equal(0, database.Transaction(() => database.Execute("UPDATE t SET text = $2 WHERE id = $1", 10L, "none")));

        Assert.Equal(
            [(7L, "水", "0203", "null"), (8L, "水", "0203", "null"), (9L, "", "", "text")],
            database.Query("SELECT id, text, bytes, typeof(missing) FROM t ORDER BY id", row => (row.GetInt64(0), row.GetString(1), Convert.ToHexString(row.Bytes(2)), row.GetString(3))));
    }

    [Fact]
    public void Execute_ThatFailsWithinATransaction_SaysWhatSqliteSaidAndUndoesAll()
    {
        using var database = Database.OpenForWriting(Path.Combine(_folder.FullName, "t.db"), "CREATE TABLE t(x INTEGER PRIMARY KEY)");
        var failure = Assert.Throws<SqliteException>(() => database.Transaction(() => database.Execute("INSERT INTO t VALUES($1)", 1L) + database.Execute("INSERT INTO t VALUES($1)", 1L)));

        Assert.Contains("UNIQUE", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, database.Number("SELECT count(*) FROM t"));
        Assert.Equal(1, database.Transaction(() => database.Execute("INSERT INTO t VALUES($1)", 1L)));
    }
}
