using System.Diagnostics;
using System.Globalization;

namespace WaterWatch.Testing;

/// <summary>A real PostgreSQL server of our own in a folder of its own, reached by its socket alone.</summary>
internal sealed class PostgresServer : IDisposable
{
    private readonly string _settings;

    /// <param name="settings">More options of the server.</param>
    public PostgresServer(string settings = "")
    {
        // PostgreSQL refuses to run as root, and its user must own the folder.
        (_settings, Folder) = (settings, $"/tmp/waterwatch-pg-{Guid.NewGuid():N}");
        Run("mkdir", "-m", "700", Folder);
        Run("initdb", "-D", Data, "-U", "ingest", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync");
        Start();
    }

    /// <summary>Where its socket is, which is what clients call its host.</summary>
    public string Folder { get; }

    /// <summary>The number of its process.</summary>
    public int Process => int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);

    private string Data => Path.Combine(Folder, "data");

    private string PidFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Starts a server that was killed; it recovers from its log.</summary>
    public void StartAgain()
    {
        // As long as nobody has asked how the killed server ended, its number looks alive to the next one.
        File.Delete(PidFile);
        File.Delete(Path.Combine(Folder, ".s.PGSQL.5432.lock"));
        Start();
    }

    /// <summary>Runs a program of PostgreSQL, or another, as the user of the server; what it printed.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var path = Directory.GetFiles("/usr/lib/postgresql", program, SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault() ?? program;
        string[] all = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", path, .. arguments] : [path, .. arguments];
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, WorkingDirectory = "/tmp" })!;

        // The server inherits what pg_ctl writes to and never closes it.
        var output = program == "pg_ctl" ? "" : process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', all)} ended with {process.ExitCode}");
        return output;
    }

    public void Dispose()
    {
        Run("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(Folder, recursive: true);
    }

    private void Start() => Run(
        "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(Folder, "log"), "-o", $"-k {Folder} -c listen_addresses= -c max_connections=200 {_settings}", "start");
}
