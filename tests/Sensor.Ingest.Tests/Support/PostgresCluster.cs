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

    /// <summary>SIGKILL to the server and, with it, to every session: nothing is written any more.</summary>
    public void Kill()
    {
        var server = int.Parse(File.ReadLines(Path.Combine(_folder.Value, "data", "postmaster.pid")).First(), System.Globalization.CultureInfo.InvariantCulture);
        var sessions = Directory.GetDirectories("/proc").Select(p => Path.GetFileName(p)).Where(p => int.TryParse(p, out _) && ParentOf(p) == server).ToList();
        using var kill = Process.Start("kill", ["-KILL", $"{server}", .. sessions]);
        kill.WaitForExit();
        Assert.True(SpinWait.SpinUntil(() => sessions.Append($"{server}").All(IsDead), TimeSpan.FromSeconds(30)), "the server is gone");

        // As long as nobody has asked how the killed server ended, its number looks alive to the next one.
        File.Delete(Path.Combine(_folder.Value, "data", "postmaster.pid"));
        File.Delete(Path.Combine(_folder.Value, ".s.PGSQL.5432.lock"));
    }

    /// <summary>Starts the server that was killed; it recovers from its log.</summary>
    public void StartAgain() => StartServer(_folder.Value, "");

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
        StartServer(folder, settings);
        return folder;
    }

    private static void StartServer(string folder, string settings) =>
        Run("pg_ctl", "-D", Path.Combine(folder, "data"), "-w", "-l", Path.Combine(folder, "log"), "-o", $"-k {folder} -c listen_addresses= -c max_connections=200 {settings}", "start");

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
