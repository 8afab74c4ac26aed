using System.Net;

namespace Sensor.Ingest.Tests.Support;

/// <summary>Listens on a port of its own and lets a test answer whatever comes.</summary>
internal sealed class HttpDouble : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerContext, Task> _answer;

    /// <param name="answer">Answers a request, except that it need not close the answer.</param>
    public HttpDouble(Func<HttpListenerContext, Task> answer)
    {
        (_answer, Url) = (answer, new Uri($"http://127.0.0.1:{TestIngest.FreePort()}/"));
        _listener.Prefixes.Add(Url.AbsoluteUri);
        _listener.Start();
        _ = Task.Run(LoopAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    public void Dispose() => _listener.Close();

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
            await _answer(context);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException or HttpRequestException)
        {
            // Whoever asked gave up first, or nobody is behind.
            context.Response.Abort();
        }
    }
}
