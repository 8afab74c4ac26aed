using System.Diagnostics;

namespace WaterWatch.EndToEnd.Tests;

/// <summary>A real PostgreSQL in a folder of its own, reached by its socket alone, with one database.</summary>
internal sealed class Postgres : IDisposable
{
    private const string Name = "waterwatch";
    private readonly string _folder;

    public Postgres()
    {
        // PostgreSQL refuses to run as root, and its user must reach the folder.
        _folder = Run("mktemp", "-d", "/tmp/waterwatch-pg-XXXXXX").Trim();
        Run("initdb", "-D", Path.Combine(_folder, "data"), "-U", "ingest", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync");
        Run("pg_ctl", "-D", Path.Combine(_folder, "data"), "-w", "-l", Path.Combine(_folder, "log"), "-o", $"-k {_folder} -c listen_addresses=", "start");
        Run("createdb", "-h", _folder, "-U", "ingest", Name);
    }

    /// <summary>The member <c>store</c> of an ingest's configuration.</summary>
    public string Store => $$"""{ "kind": "postgres", "connection": "Host={{_folder}};Database={{Name}};Username=ingest" }""";

    private string DumpFile => Path.Combine(_folder, "dump");

    /// <summary>Backs the database up as one moment of it.</summary>
    public void Dump() => Run("pg_dump", "-h", _folder, "-U", "ingest", "-Fc", "-f", DumpFile, Name);

    /// <summary>The database is lost, and the dump is all there is.</summary>
    public void LoseAllAndRestore()
    {
        Run("dropdb", "--force", "-h", _folder, "-U", "ingest", Name);
        Run("createdb", "-h", _folder, "-U", "ingest", Name);
        Run("pg_restore", "-h", _folder, "-U", "ingest", "-d", Name, DumpFile);
    }

    public void Dispose()
    {
        Run("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static string Run(string program, params string[] arguments)
    {
        var path = Directory.GetFiles("/usr/lib/postgresql", program, SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault() ?? program;
        string[] all = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", path, .. arguments] : [path, .. arguments];
        using var process = Process.Start(new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, WorkingDirectory = "/tmp" })!;

        // The server inherits what pg_ctl writes to and never closes it.
        var output = program == "pg_ctl" ? "" : process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', all)} ended with {process.ExitCode}");
        return output;
    }
}
