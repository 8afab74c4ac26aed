using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Sensor.Contracts.Keys;
using Sensor.Ingest;
using Sensor.Ingest.Configuration;

namespace WaterWatch.Bench.Ingest;

/// <summary>A real waterwatch-ingest, a process of its own on a folder of its own.</summary>
internal sealed class IngestServer : IDisposable
{
    public const string Operator = "bench";
    private readonly Process _process;
    private readonly string _folder;
    private readonly HttpClient _http;

    private IngestServer(Process process, string folder, int port, PublicKey key)
    {
        (_process, _folder, Key) = (process, folder, key);
        Address = new Uri($"http://127.0.0.1:{port}/");
        _http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    /// <summary>What its receipts are verified with.</summary>
    public PublicKey Key { get; }

    /// <summary>Its resident memory in bytes, at most so far.</summary>
    public long PeakMemory => Status("VmHWM:");

    /// <summary>The processor time that it used so far, in seconds.</summary>
    public double ProcessorSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>The SQLite file of its evidence.</summary>
    public string EvidenceFile => Path.Combine(_folder, "data", "evidence.db");

    /// <summary>The bytes of its data directory.</summary>
    public long DiskBytes => new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    /// <summary>Enrols stations, each at a section of its own, and starts the service at a broker.</summary>
    public static async Task<IngestServer> StartAsync(int mqttPort, IEnumerable<BenchStation> stations)
    {
        var folder = Directory.CreateTempSubdirectory("waterwatch-bench-").FullName;
        var http = MosquittoServer.FreePort();
        var file = Path.Combine(folder, "ingest.json");
        await File.WriteAllTextAsync(file, string.Create(CultureInfo.InvariantCulture, $$"""
            { "deployment": "{{BenchStation.Deployment}}", "operator": "{{Operator}}", "dataDirectory": "data", "mqtt": { "connect": { "host": "127.0.0.1", "port": {{mqttPort}} } }, "http": { "port": {{http}} } }
            """));
        var key = await EnrolAsync(IngestConfigurationFile.Read(file), stations);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "waterwatch-ingest"), ["run", "--config", file]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new IngestServer(process, folder, http, key);
        await server.WaitUntilItHearsAsync();
        return server;
    }

    /// <summary>How many records are durable.</summary>
    public async Task<long> SizeAsync() => (await _http.GetFromJsonAsync<JsonElement>("api/v1/evidence/checkpoint")).GetProperty("size").GetInt64();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _http.Dispose();
        Key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<PublicKey> EnrolAsync(IngestConfiguration configuration, IEnumerable<BenchStation> stations)
    {
        await using var host = IngestHost.Create(configuration);
        foreach (var station in stations)
        {
            host.EnrollStation(station.Id, SectionOf(station.Id), station.Key.Public, "bench");
        }

        return PublicKey.FromPem(host.OperatorKey.Pem);
    }

    /// <summary>The section at which a station is enrolled.</summary>
    public static string SectionOf(string station) => "section-" + station;

    private async Task WaitUntilItHearsAsync()
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed.TotalSeconds < 60; await Task.Delay(50))
        {
            try
            {
                using var answer = await _http.GetAsync("health");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                // Not yet.
            }
        }

        throw new TimeoutException("waterwatch-ingest did not hear its broker within a minute");
    }

    private long Status(string name) => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1],
        CultureInfo.InvariantCulture) * 1024;
}
