using System.Net;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Peers;

/// <summary>Stands between: passes on what an operator says, except where a test makes it say something else.</summary>
internal sealed class DishonestProxy : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new();

    public DishonestProxy()
    {
        Url = new Uri($"http://127.0.0.1:{TestIngest.FreePort()}/");
        _listener.Prefixes.Add(Url.AbsoluteUri);
        _listener.Start();
        _ = Task.Run(LoopAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>The operator behind.</summary>
    public Uri? Behind { get; set; }

    /// <summary>What it makes of an answer: the path, and what the operator said to it, null where it knows nothing of it.</summary>
    public Func<string, byte[]?, byte[]?> Says { get; set; } = (_, said) => said;

    public void Dispose()
    {
        _listener.Close();
        _client.Dispose();
    }

    private async Task LoopAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var path = context.Request.RawUrl!;
            using var answer = Behind is null ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : await _client.GetAsync(new Uri(Behind, path));
            var says = Says(path, answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync() : null);
            context.Response.StatusCode = says is null ? 404 : 200;
            await context.Response.OutputStream.WriteAsync(says);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or HttpRequestException)
        {
            context.Response.Abort();
        }
    }
}
