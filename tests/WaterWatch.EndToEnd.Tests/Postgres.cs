using WaterWatch.Testing;

namespace WaterWatch.EndToEnd.Tests;

/// <summary>A real PostgreSQL with one database.</summary>
internal sealed class Postgres : IDisposable
{
    private const string Name = "waterwatch";
    private readonly PostgresServer _server = new();

    public Postgres() => PostgresServer.Run("createdb", "-h", _server.Folder, "-U", "ingest", Name);

    /// <summary>The member <c>store</c> of an ingest's configuration.</summary>
    public string Store => $$"""{ "kind": "postgres", "connection": "Host={{_server.Folder}};Database={{Name}};Username=ingest" }""";

    private string DumpFile => Path.Combine(_server.Folder, "dump");

    /// <summary>Backs the database up as one moment of it.</summary>
    public void Dump() => PostgresServer.Run("pg_dump", "-h", _server.Folder, "-U", "ingest", "-Fc", "-f", DumpFile, Name);

    /// <summary>The database is lost, and the dump is all there is.</summary>
    public void LoseAllAndRestore()
    {
        PostgresServer.Run("dropdb", "--force", "-h", _server.Folder, "-U", "ingest", Name);
        PostgresServer.Run("createdb", "-h", _server.Folder, "-U", "ingest", Name);
        PostgresServer.Run("pg_restore", "-h", _server.Folder, "-U", "ingest", "-d", Name, DumpFile);
    }

    public void Dispose() => _server.Dispose();
}
