using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Sensor.Ingest.Projection;

namespace Sensor.Ingest.Tests.Support;

/// <summary>A real influxd on a port and in a folder of its own.</summary>
internal sealed class Influxd : IAsyncDisposable
{
    private const string Program = "/usr/bin/influxd";
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-influxd-").FullName;
    private readonly bool _auth;
    private Process? _process;

    private Influxd(bool auth) => _auth = auth;

    public int Port { get; } = TestIngest.FreePort();

    public Uri Url => new($"http://127.0.0.1:{Port}");

    public static async Task<Influxd> StartAsync(bool auth = false)
    {
        Assert.SkipUnless(File.Exists(Program), "needs influxd (Debian package influxdb)");
        var influxd = new Influxd(auth);
        await influxd.RunAsync();
        return influxd;
    }

    public async Task RunAsync()
    {
        var configuration = Path.Combine(_folder, "influxdb.conf");
        await File.WriteAllTextAsync(configuration, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{TestIngest.FreePort()}"
            [meta]
              dir = "{_folder}/meta"
            [data]
              dir = "{_folder}/data"
              wal-dir = "{_folder}/wal"
              query-log-enabled = false
            [monitor]
              store-enabled = false
            [http]
              bind-address = "127.0.0.1:{Port}"
              auth-enabled = {(_auth ? "true" : "false")}
              log-enabled = false
            """);
        _process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exec {Program} -config {configuration} >{_folder}/log 2>&1"]))!;
        await Until.True(AnswersAsync, "influxd answers");
    }

    public async Task StopAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public async Task<string> AskAsync(string question, string user = "")
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = user.Length == 0 ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
        using var form = new FormUrlEncodedContent([new("q", question)]);
        using var answer = await http.PostAsync(new Uri(Url, "/query?db=waterwatch&epoch=ms"), form);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Every row of an answer, its values joined by commas.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string question, string user = "") =>
        [.. InfluxSeries.Parse(await AskAsync(question, user)).SelectMany(s => s.Rows).Select(row => string.Join(',', row.Select(v => v.ToString())))];

    public async Task<int> WriteAsync(string lines)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(Url, "/write?db=waterwatch&precision=ms"), new StringContent(lines));
        return (int)answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var http = new HttpClient();
            using var answer = await http.GetAsync(new Uri(Url, "/ping"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
