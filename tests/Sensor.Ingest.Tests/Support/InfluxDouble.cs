using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Sensor.Ingest.Tests.Support;

/// <summary>What came to the double.</summary>
/// <param name="Address">Method, path and question.</param>
/// <param name="Authorization">The header; empty where there was none.</param>
/// <param name="Body">The body.</param>
internal sealed record InfluxRequest(string Address, string Authorization, string Body);

/// <summary>Plays an InfluxDB over HTTP: keeps every request and answers what the test says.</summary>
internal sealed class InfluxDouble : IDisposable
{
    private readonly HttpDouble _http;
    private readonly Func<InfluxRequest, Task<(int Status, string Body)>> _answer;

    public InfluxDouble(Func<InfluxRequest, Task<(int Status, string Body)>> answer) => (_answer, _http) = (answer, new HttpDouble(AnswerAsync));

    public Uri Url => _http.Url;

    public ConcurrentQueue<InfluxRequest> Requests { get; } = [];

    /// <summary>The answer to a question about the pointer.</summary>
    public static string Pointer(string generation, string marker) =>
        $$"""{"results":[{"statement_id":0,"series":[{"name":"waterwatch_current","tags":{"generation":"{{generation}}"},"columns":["time","last"],"values":[[0,"{{marker}}"]]}]}]}""";

    public void Dispose() => _http.Dispose();

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var request = new InfluxRequest($"{context.Request.HttpMethod} {context.Request.RawUrl}", context.Request.Headers["Authorization"] ?? "", await reader.ReadToEndAsync());
        Requests.Enqueue(request);
        var (status, body) = await _answer(request);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        if (status != 204)
        {
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
        }
    }
}
