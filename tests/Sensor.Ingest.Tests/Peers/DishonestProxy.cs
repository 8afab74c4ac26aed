using System.Net;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Peers;

/// <summary>Stands between: passes on what an operator says, except where a test makes it say something else.</summary>
internal sealed class DishonestProxy : IDisposable
{
    private readonly HttpClient _client = new();
    private readonly HttpDouble _http;

    public DishonestProxy() => _http = new HttpDouble(AnswerAsync);

    /// <summary>Where it listens.</summary>
    public Uri Url => _http.Url;

    /// <summary>The operator behind.</summary>
    public Uri? Behind { get; set; }

    /// <summary>What it makes of an answer: the path, and what the operator said to it, null where it knows nothing of it.</summary>
    public Func<string, byte[]?, byte[]?> Says { get; set; } = (_, said) => said;

    public void Dispose()
    {
        _http.Dispose();
        _client.Dispose();
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.RawUrl!;
        using var answer = Behind is null ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : await _client.GetAsync(new Uri(Behind, path));
        var says = Says(path, answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync() : null);
        context.Response.StatusCode = says is null ? 404 : 200;
        await context.Response.OutputStream.WriteAsync(says);
    }
}
