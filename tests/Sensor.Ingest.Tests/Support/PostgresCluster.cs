using System.Diagnostics;
using Npgsql;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence.Postgres;
using WaterWatch.Testing;

[assembly: AssemblyFixture(typeof(Sensor.Ingest.Tests.Support.PostgresCluster))]

namespace Sensor.Ingest.Tests.Support;

/// <summary>A real PostgreSQL, started when it is first needed; a database for each test.</summary>
public sealed class PostgresCluster : IDisposable
{
    private readonly Lazy<PostgresServer> _server;
    private int _databases;

    public PostgresCluster()
        : this("")
    {
    }

    internal PostgresCluster(string settings) => _server = new Lazy<PostgresServer>(() =>
    {
        Assert.SkipUnless(Directory.Exists("/usr/lib/postgresql"), "needs PostgreSQL (Debian package postgresql)");
        return new PostgresServer(settings);
    });

    /// <summary>Makes an empty database.</summary>
    /// <returns>The connection string with which the ingest would use it.</returns>
    public string CreateDatabase() => PostgresSettings.ConnectionString(CreateStore());

    /// <summary>Makes an empty database.</summary>
    internal PostgresStore CreateStore()
    {
        var name = $"t{Interlocked.Increment(ref _databases)}";
        Administer($"CREATE DATABASE {name}");
        return new PostgresStore { Connection = $"Host={_server.Value.Folder};Database={name};Username=ingest" };
    }

    /// <summary>SIGKILL to the server and, with it, to every session: nothing is written any more.</summary>
    public void Kill()
    {
        var server = _server.Value.Process;
        var sessions = Directory.GetDirectories("/proc").Select(p => Path.GetFileName(p)).Where(p => int.TryParse(p, out _) && ParentOf(p) == server).ToList();
        using var kill = Process.Start("kill", ["-KILL", $"{server}", .. sessions]);
        kill.WaitForExit();
        Assert.True(SpinWait.SpinUntil(() => sessions.Append($"{server}").All(IsDead), TimeSpan.FromSeconds(30)), "the server is gone");
    }

    /// <summary>Starts the server that was killed; it recovers from its log.</summary>
    public void StartAgain() => _server.Value.StartAgain();

    /// <summary>Drops a database and whoever is still in it.</summary>
    public void Drop(string connection) => Administer($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)");

    public void Dispose()
    {
        if (_server.IsValueCreated)
        {
            _server.Value.Dispose();
        }
    }

    private void Administer(string sql)
    {
        using var connection = new NpgsqlConnection($"Host={_server.Value.Folder};Database=postgres;Username=ingest;Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static int ParentOf(string process) => StatusOf(process) is [_, var parent, ..] ? int.Parse(parent, System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>State, parent and more; nothing of a process that is gone.</summary>
    private static string[] StatusOf(string process)
    {
        try
        {
            // "pid (name) state parent ..."
            return File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ')[1..];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsDead(string process) => StatusOf(process) is [] or ["Z", ..];
}
