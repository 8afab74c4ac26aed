using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Sensor.Contracts.Keys;
using WaterWatch.Testing;

namespace WaterWatch.EndToEnd.Tests;

/// <summary>One jurisdiction's ingest: a process that can be killed and started again on the same folder.</summary>
internal sealed class Operator : IDisposable
{
    private const string Project = "src/Sensor.Ingest";
    private const string Assembly = "waterwatch-ingest";

    private readonly string _configuration;
    private readonly HttpClient _http;
    private readonly string _own;
    private ProgramUnderTest? _process;

    /// <param name="id">Its id.</param>
    /// <param name="folder">Where its folder is made.</param>
    /// <param name="mqttPort">The broker's port.</param>
    /// <param name="store">The member <c>store</c> of its configuration.</param>
    public Operator(string id, string folder, int mqttPort, string store = """{ "kind": "sqlite" }""")
    {
        Id = id;
        var own = _own = Directory.CreateDirectory(Path.Combine(folder, id)).FullName;
        var agreements = Directory.CreateDirectory(Path.Combine(own, "agreements")).FullName;
        foreach (var agreement in new[] { "xinanjiang-round-3.json", "xinanjiang-round-3-from-may.json" })
        {
            File.Copy(Repository.PathOf($"agreements/{agreement}"), Path.Combine(agreements, agreement));
        }

        using var key = SigningKey.LoadOrCreate(Path.Combine(own, "operator.key.pem"));
        PublicKeyFile = Path.Combine(own, "operator.pub.pem");
        File.WriteAllText(PublicKeyFile, key.Public.Pem);
        var port = Mosquitto.FreePort();
        _configuration = Path.Combine(own, "ingest.json");
        File.WriteAllText(_configuration, string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "deployment": "end-to-end",
              "operator": "{{id}}",
              "dataDirectory": "data",
              "keyFile": "operator.key.pem",
              "agreementsDirectory": "agreements",
              "mqtt": { "connect": { "host": "127.0.0.1", "port": {{mqttPort}} } },
              "store": {{store}},
              "http": { "port": {{port}} }
            }
            """));
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/v1/") };
    }

    public string Id { get; }

    public string PublicKeyFile { get; }

    public void Enroll(string station, string section, string publicKeyFile) => ProgramUnderTest.Run(
        Project, Assembly, "station", "enroll", "--config", _configuration, "--station", station, "--section", section, "--key", publicKeyFile);

    /// <summary>Enters a file of records; what the command printed.</summary>
    public string Import(string file) => ProgramUnderTest.Run(Project, Assembly, "import", "--config", _configuration, file).Trim();

    /// <summary>Writes the evidence bundle of an outcome beside the service, running or not; what the command printed.</summary>
    public string Bundle(string agreement, string section, string window, string file) => ProgramUnderTest.Run(
        Project, Assembly, "bundle", "--config", _configuration, "--agreement", agreement, "--section", section, "--window", window, "--out", file).Trim();

    /// <summary>Runs <c>command</c> beside the service, running or not; what it printed.</summary>
    public string Command(string verb, params string[] arguments) => ProgramUnderTest.Run(Project, Assembly, ["command", verb, "--config", _configuration, .. arguments]).Trim();

    public async Task StartAsync()
    {
        _process = ProgramUnderTest.Start(Project, Assembly, "run", "--config", _configuration);
        await Eventually.GetAsync(() => TryGetAsync("evidence/checkpoint"), $"{Id} answers", Diagnosis);
    }

    public void Kill()
    {
        _process!.Kill();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Waits until so many records are durable.</summary>
    public Task WaitForEvidenceAsync(long size) => Eventually.GetAsync(
        async () => (await CheckpointAsync())?.Size >= size ? "reached" : null, $"{Id} holds {size} records", Diagnosis);

    /// <summary>The size and the root of the evidence log, or null when the operator does not answer.</summary>
    public async Task<Checkpoint?> CheckpointAsync() => await TryGetAsync("evidence/checkpoint") is { } json
        ? new Checkpoint(json.RootElement.GetProperty("size").GetInt64(), json.RootElement.GetProperty("root").GetString()!)
        : null;

    /// <summary>The outcomes that stand, by agreement and window, once all are there and one uses and excludes so many instants.</summary>
    public Task<SortedDictionary<string, JudgedWindow>> DecidedAsync(int windowCount, int used, int excluded) => Eventually.GetAsync(
        async () =>
        {
            var windows = await JudgedAsync();
            return windows.Count == windowCount && windows.Values.Any(w => w.Used == used && w.Excluded == excluded) ? windows : null;
        },
        $"{Id} decides on {used} instants without {excluded} others",
        Diagnosis);

    /// <summary>Copies the stores while the service runs.</summary>
    /// <returns>How many records of evidence are in the copy.</returns>
    public long Backup()
    {
        var printed = ProgramUnderTest.Run(Project, Assembly, "backup", "--config", _configuration, "--to", BackupFolder);
        return long.Parse(printed.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    public string BackupFolder => Path.Combine(_own, "backup");

    /// <summary>The machine is lost, and a backup is all there is.</summary>
    public void LoseAllAndRestore()
    {
        Directory.Delete(DataDirectory, recursive: true);
        ProgramUnderTest.Run(Project, Assembly, "restore", "--config", _configuration, "--from", BackupFolder);
    }

    public string DataDirectory => Path.Combine(_own, "data");

    /// <summary>Waits until nothing lacks; of the gaps that stations closed with a loss, how many records they say are gone.</summary>
    public async Task<long> CompleteAsync()
    {
        var gaps = await Eventually.GetAsync(
            async () => await TryGetAsync("gaps") is { } json && json.RootElement.GetProperty("open").GetArrayLength() == 0 ? json : null, $"nothing lacks at {Id}", Diagnosis);
        return gaps.RootElement.GetProperty("closed").EnumerateArray().Sum(loss => loss.GetProperty("lacks").GetInt64());
    }

    /// <summary>Waits until so many records are held, or named by the station as gone.</summary>
    public Task AccountsForAsync(long records) => Eventually.GetAsync(
        async () => await TryGetAsync("gaps") is { } json && (await CheckpointAsync())?.Size + json.RootElement.GetProperty("closed").EnumerateArray().Sum(loss => loss.GetProperty("lacks").GetInt64()) >= records ? "reached" : null,
        $"{Id} accounts for {records} records",
        Diagnosis);

    /// <summary>What lacks, once something does.</summary>
    public Task<JsonElement[]> LacksAsync() => Eventually.GetAsync(
        async () => await TryGetAsync("gaps") is { } json && json.RootElement.GetProperty("open").EnumerateArray().ToArray() is { Length: > 0 } open ? open : null, $"something lacks at {Id}", Diagnosis);

    /// <summary>How often it says that its log went on from an earlier state.</summary>
    public async Task<int> RestoresAsync() => (await TryGetAsync("evidence/checkpoint"))!.RootElement.GetProperty("restored").GetArrayLength();

    /// <summary>Waits until it says once that its log went on from an earlier state.</summary>
    public Task SaysRestoredAsync() => Eventually.GetAsync(async () => await RestoresAsync() == 1 ? "said" : null, $"{Id} says that it was restored", Diagnosis);

    public async Task<string> GetAsync(string path) => await _http.GetStringAsync(path);

    public void Dispose()
    {
        _process?.Dispose();
        _http.Dispose();
    }

    private async Task<SortedDictionary<string, JudgedWindow>> JudgedAsync()
    {
        var judged = new SortedDictionary<string, JudgedWindow>(StringComparer.Ordinal);
        if (await TryGetAsync("windows") is not { } windows || await TryGetAsync("outcomes") is not { } outcomes)
        {
            return judged;
        }

        var verdicts = outcomes.RootElement.EnumerateArray().ToDictionary(o => o.GetProperty("digest").GetString()!, o => o.GetProperty("verdictDigest").GetString()!, StringComparer.Ordinal);
        foreach (var digest in windows.RootElement.EnumerateArray().Select(w => w.GetProperty("digest").GetString()!))
        {
            if (await TryGetAsync("outcomes/" + digest) is { } outcome && verdicts.TryGetValue(digest, out var verdict))
            {
                var json = outcome.RootElement;
                var name = json.GetProperty("agreement").GetProperty("id").GetString() + " " + json.GetProperty("window").GetProperty("label").GetString();
                judged[name] = new JudgedWindow(digest, verdict, Count(json, "readings"), Count(json, "excluded"));
            }
        }

        return judged;
    }

    private static int Count(JsonElement outcome, string part) => outcome.GetProperty("trace").GetProperty(part).GetProperty("count").GetInt32();

    private string Diagnosis() => _process?.Everything ?? "not running";

    private async Task<JsonDocument?> TryGetAsync(string path)
    {
        try
        {
            return await _http.GetFromJsonAsync<JsonDocument>(path);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}

/// <summary>How far an evidence log has come.</summary>
internal sealed record Checkpoint(long Size, string Root);

/// <summary>What an operator decided on a window.</summary>
/// <param name="Outcome">The digest of the outcome.</param>
/// <param name="Verdict">The digest of the outcome without its cut.</param>
/// <param name="Used">How many instants were used.</param>
/// <param name="Excluded">How many instants were excluded.</param>
internal sealed record JudgedWindow(string Outcome, string Verdict, int Used, int Excluded);
