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
}
