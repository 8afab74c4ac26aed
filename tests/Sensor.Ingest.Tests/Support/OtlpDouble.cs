using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Sensor.Ingest.Tests.Support;

/// <summary>A collector that keeps what it is sent; it answers OTLP over HTTP and over gRPC.</summary>
internal sealed class OtlpDouble : IAsyncDisposable
{
    private readonly WebApplication _web;

    private OtlpDouble(WebApplication web) => _web = web;

    public ConcurrentQueue<(string Path, byte[] Body)> Requests { get; } = [];

    public string Url => _web.Urls.First();

    public static async Task<OtlpDouble> StartAsync(HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        var web = builder.Build();
        var collector = new OtlpDouble(web);
        web.Run(collector.TakeAsync);
        await web.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Requests.Enqueue((http.Request.Path, body.ToArray()));
        if (http.Request.ContentType == "application/grpc")
        {
            http.Response.ContentType = "application/grpc";
            await http.Response.Body.WriteAsync(new byte[5]);
            http.Response.AppendTrailer("grpc-status", "0");
        }
    }
}
