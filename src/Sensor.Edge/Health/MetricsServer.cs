using System.Net;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sensor.Edge.Health;

/// <summary>Serves the metrics at http://127.0.0.1:PORT/metrics, to this machine alone.</summary>
internal sealed class MetricsServer(int port, MetricsText metrics, ILogger logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listener = new HttpListener();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        try
        {
            listener.Start();
        }
        catch (HttpListenerException e)
        {
            // Sampling is worth more than being watched.
            logger.LogError("Metrics cannot be served on 127.0.0.1:{Port}: {Reason}. Choose another metrics.port.", port, e.Message);
            return;
        }

        await using var stop = stoppingToken.Register(listener.Stop).ConfigureAwait(false);
        while (await NextAsync(listener).ConfigureAwait(false) is { } context)
        {
            await AnswerAsync(context).ConfigureAwait(false);
        }
    }

    /// <summary>The next question; null when the listener was stopped.</summary>
    private static async Task<HttpListenerContext?> NextAsync(HttpListener listener)
    {
        try
        {
            return await listener.GetContextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var response = context.Response;
            if (context.Request is not { HttpMethod: "GET", Url.AbsolutePath: "/metrics" })
            {
                response.StatusCode = (int)HttpStatusCode.NotFound;
                return;
            }

            var body = Encoding.UTF8.GetBytes(metrics.Build());
            response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            response.ContentLength64 = body.Length;
            await response.OutputStream.WriteAsync(body).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            logger.LogDebug(e, "A question for metrics could not be answered.");
        }
    }
}
