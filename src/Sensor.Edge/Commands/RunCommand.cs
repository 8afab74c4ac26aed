using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Commands;

/// <summary><c>waterwatch-edge run</c>.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(StationConfiguration configuration, bool untilDelivered, CancellationToken cancellation)
    {
        if (untilDelivered && !configuration.Instruments.Any(instrument => DriverCatalog.Of(instrument.Options).DrivenByData))
        {
            await Console.Error.WriteLineAsync("--until-delivered waits for replays to end, and this configuration has none. Leave it out, or add an instrument with driver replay.").ConfigureAwait(false);
            return ExitCodes.Mistakes;
        }

        await using var host = EdgeHost.Create(configuration, AddConsole);
        await host.StartAsync(cancellation).ConfigureAwait(false);
        var stopping = host.WhenStopping(cancellation);
        var ended = await (untilDelivered ? Task.WhenAny(host.WhenDelivered(cancellation), stopping) : Task.WhenAny(stopping)).ConfigureAwait(false);
        await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        return host.Fault is { } fault ? throw fault
            : cancellation.IsCancellationRequested || ended != stopping ? ExitCodes.Done
            : ExitCodes.Unexpected;
    }

    private static void AddConsole(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (SystemdHelpers.IsSystemdService())
        {
            logging.AddSystemdConsole();
        }
        else
        {
            logging.AddSimpleConsole(format =>
            {
                format.SingleLine = true;
                format.UseUtcTimestamp = true;
                format.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
                format.ColorBehavior = LoggerColorBehavior.Disabled;
            });
        }
    }
}
