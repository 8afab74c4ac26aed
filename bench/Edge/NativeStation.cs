using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Sensor.Contracts.Keys;

namespace WaterWatch.Bench.Edge;

/// <summary>The native station as a process, and what the kernel says about it.</summary>
internal sealed class NativeStation : IDisposable
{
    public const string Id = "BENCH-1";
    public const int Instruments = 12;

    private const double TicksPerSecond = 100;
    private readonly Process _process;
    private readonly string _folder;

    private NativeStation(Process process, string folder, long started) => (_process, _folder, StartedAt) = (process, folder, started);

    /// <summary>CLOCK_BOOTTIME in milliseconds just before it was started.</summary>
    public long StartedAt { get; }

    /// <summary>Bytes that it let the kernel write to storage.</summary>
    public long WrittenBytes => long.Parse(Line("io", "write_bytes:"), CultureInfo.InvariantCulture);

    /// <summary>Resident memory in bytes: all of it, and what is its own.</summary>
    public (long All, long Own) Resident => (Kibibytes("VmRSS:"), Kibibytes("RssAnon:"));

    /// <summary>Processor time in seconds, of user and kernel.</summary>
    public double ProcessorSeconds
    {
        get
        {
            var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }

    /// <summary>How many records its outbox holds.</summary>
    public long Records => Number("SELECT count(*) FROM record");

    /// <summary>Publishes the station natively for this machine.</summary>
    public static string Publish(string folder)
    {
        var to = Path.Combine(folder, "native");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", "src/Sensor.Edge", "-c", "Release", "-r", "linux-x64", "-o", to, "-v", "quiet"]))!;
        publish.WaitForExit();
        return publish.ExitCode == 0 ? Path.Combine(to, "waterwatch-edge") : throw new InvalidOperationException("Publishing failed; run from the root of the repository.");
    }

    /// <summary>Starts it in a folder of its own, with instruments and an operator.</summary>
    public static NativeStation Start(string program, string folder, int port, SigningKey operatorKey, object[] instruments, object? publishing = null)
    {
        File.WriteAllText(Path.Combine(folder, "operator.pem"), operatorKey.Public.Pem);
        var file = Path.Combine(folder, "station.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            deployment = "bench",
            station = Id,
            dataDirectory = "data",
            mqtt = new { host = "127.0.0.1", port },
            operators = new[] { new { id = "operator", publicKeyFile = "operator.pem" } },
            instruments,
            publishing = publishing ?? new { },
        }));
        using (var enroll = Process.Start(new ProcessStartInfo(program, ["enroll", "--config", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!)
        {
            enroll.WaitForExit();
        }

        var start = new ProcessStartInfo(program, ["run", "--config", file]) { RedirectStandardError = true };
        var before = (long)BootTime().TotalMilliseconds;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new NativeStation(process, folder, before);
    }

    /// <summary>Twelve simulated instruments of one cadence.</summary>
    public static object[] Simulated(string cadence) =>
        [.. Enumerable.Range(1, Instruments).Select(i => new { id = $"probe-{i}", driver = "simulated", cadence, timeout = "500ms" })];

    /// <summary>The envelope of a record, by its position.</summary>
    public byte[] Envelope(long position)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT envelope FROM record WHERE position = $0";
        command.Parameters.AddWithValue("$0", position);
        return (byte[])command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    // The system's uptime and CLOCK_BOOTTIME count the same; it has hundredths of a second.
    private static TimeSpan BootTime() => TimeSpan.FromSeconds(double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture));

    private long Number(string sql)
    {
        try
        {
            using var connection = Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return (long)command.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            // It is not there yet.
            return 0;
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "data", "outbox.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }

    private long Kibibytes(string name) => 1024 * long.Parse(Line("status", name).Split(' ')[0], CultureInfo.InvariantCulture);

    private string Line(string file, string name) => File.ReadLines($"/proc/{_process.Id}/{file}").First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim();
}
