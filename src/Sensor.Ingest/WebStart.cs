using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting.Systemd;
using OpenTelemetry.Metrics;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest;

/// <summary>What the service and its workers serve alike: a port, /metrics, and systemd's watchdog.</summary>
internal static class WebStart
{
    /// <summary>Begins a web application on a port, with metrics.</summary>
    public static WebApplicationBuilder Create(HttpConfiguration http, Action<ILoggingBuilder>? logging)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        logging?.Invoke(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(http.Address), http.Port));
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(IngestMeters.MeterName).AddPrometheusExporter());
        return builder;
    }

    /// <summary>Tells systemd when the service is ready and as long as it is alive.</summary>
    /// <param name="services">The services.</param>
    /// <param name="commit">Proves that something can be made durable.</param>
    /// <param name="time">The clock of the pauses.</param>
    public static void AddWatchdog<T>(this IServiceCollection services, Func<CancellationToken, Task> commit, TimeProvider time)
    {
        services.AddSystemd();
        services.AddHostedService(all => new SystemdWatchdog(
            all.GetService<ISystemdNotifier>(), commit, time, all.GetRequiredService<ILogger<T>>(), Environment.GetEnvironmentVariable("WATCHDOG_USEC")));
    }

    /// <summary>Begins to serve.</summary>
    /// <exception cref="PortTakenException">The port is taken.</exception>
    public static async Task ServeAsync(this WebApplication web, HttpConfiguration http, CancellationToken stop)
    {
        try
        {
            await web.StartAsync(stop);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw PortTakenException.For(e, http.Address, http.Port, "http.port");
        }
    }
}
