using System.Net.Http.Headers;

namespace Sensor.Ingest.Projection;

/// <summary>Speaks HTTP with an InfluxDB: one connection, one authorization, a bound on how long an answer may take.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class InfluxHttp : IDisposable
{
    private readonly HttpClient _http;

    public InfluxHttp(Uri url, AuthenticationHeaderValue? authorization, TimeSpan patience)
    {
        _http = new HttpClient { BaseAddress = new Uri(url.AbsoluteUri.TrimEnd('/') + "/"), Timeout = patience };
        _http.DefaultRequestHeaders.Authorization = authorization;
    }

    /// <summary>Posts and reads the whole answer.</summary>
    public async Task<(int Status, string Body)> PostAsync(string address, HttpContent? content, CancellationToken stop)
    {
        try
        {
            using var answer = await _http.PostAsync(new Uri(address, UriKind.Relative), content, stop);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(stop));
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new InfluxUnavailableException($"{_http.BaseAddress} did not answer within {_http.Timeout.TotalSeconds} s", e);
        }
        catch (HttpRequestException e)
        {
            throw new InfluxUnavailableException($"{_http.BaseAddress} cannot be reached: {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>Asks in InfluxQL.</summary>
    public async Task<IReadOnlyList<InfluxSeries>> QueryAsync(string database, string question, CancellationToken stop)
    {
        using var form = new FormUrlEncodedContent([new("q", question)]);
        var (status, body) = await PostAsync($"query?db={Uri.EscapeDataString(database)}&epoch=ms", form, stop);
        return status == StatusCodes.Status200OK ? InfluxSeries.Parse(body) : throw Unavailable(status, body);
    }

    /// <summary>What a status says that is neither done nor the lines' fault.</summary>
    public static InfluxUnavailableException Unavailable(int status, string body) => new($"status {status}: {body.Trim()}");

    /// <summary>The text of a file of a secret, without the line end.</summary>
    public static string Secret(string file) => File.ReadAllText(file).TrimEnd('\r', '\n');

    public void Dispose() => _http.Dispose();
}
