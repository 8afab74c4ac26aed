using System.Diagnostics;
using Npgsql;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence.Postgres;

[assembly: AssemblyFixture(typeof(Sensor.Ingest.Tests.Support.PostgresCluster))]

namespace Sensor.Ingest.Tests.Support;

/// <summary>A real PostgreSQL of our own in a temporary folder, reached by its socket alone; a database for each test.</summary>
public sealed class PostgresCluster : IDisposable
{
    private readonly Lazy<string> _folder;
    private int _databases;

    public PostgresCluster()
        : this("")
    {
    }

    internal PostgresCluster(string settings) => _folder = new Lazy<string>(() => Start(settings));

    /// <summary>Makes an empty database.</summary>
    /// <returns>The connection string with which the ingest would use it.</returns>
    public string CreateDatabase() => PostgresSettings.ConnectionString(CreateStore());

    /// <summary>Makes an empty database.</summary>
    internal PostgresStore CreateStore()
    {
        var name = $"t{Interlocked.Increment(ref _databases)}";
        Administer($"CREATE DATABASE {name}");
        return new PostgresStore { Connection = $"Host={_folder.Value};Database={name};Username=ingest" };
    }

    /// <summary>Drops a database and whoever is still in it.</summary>
    public void Drop(string connection) => Administer($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)");

    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            Run("pg_ctl", "-D", Path.Combine(_folder.Value, "data"), "-m", "immediate", "-w", "stop");
            Directory.Delete(_folder.Value, recursive: true);
        }
    }

    private void Administer(string sql)
    {
        using var connection = new NpgsqlConnection($"Host={_folder.Value};Database=postgres;Username=ingest;Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static string Start(string settings)
    {
        Assert.SkipUnless(Directory.Exists("/usr/lib/postgresql"), "needs PostgreSQL (Debian package postgresql)");
        var folder = Run("mktemp", "-d", "/tmp/waterwatch-pg-XXXXXX").Trim();
        var data = Path.Combine(folder, "data");
        Run("initdb", "-D", data, "-U", "ingest", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync");
        Run("pg_ctl", "-D", data, "-w", "-l", Path.Combine(folder, "log"), "-o", $"-k {folder} -c listen_addresses= -c max_connections=200 {settings}", "start");
        return folder;
    }

    // PostgreSQL refuses to run as root.
    private static string Run(string program, params string[] arguments)
    {
        var path = Directory.GetFiles("/usr/lib/postgresql", program, SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault() ?? program;
        string[] all = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", path, .. arguments] : [path, .. arguments];
        using var process = Process.Start(new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, WorkingDirectory = "/tmp" })!;
        var output = program == "pg_ctl" ? "" : process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', all)} ended with {process.ExitCode}");
        return output;
    }
}
