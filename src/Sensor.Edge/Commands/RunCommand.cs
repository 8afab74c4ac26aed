using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Remote;

namespace Sensor.Edge.Commands;

/// <summary><c>waterwatch-edge run</c>.</summary>
internal static class RunCommand
{
    /// <summary>Runs, and begins again whenever the station takes another configuration.</summary>
    public static async Task<int> RunAsync(Func<StationConfiguration> load, bool untilDelivered, CancellationToken cancellation)
    {
        while (true)
        {
            var configuration = RemoteConfiguration.Begin(load(), out var news);
            if (news is not null)
            {
                await Console.Error.WriteLineAsync(news).ConfigureAwait(false);
            }

            if (await RunOnceAsync(configuration, untilDelivered, cancellation).ConfigureAwait(false) is { } exit)
            {
                return exit;
            }
        }
    }

    /// <summary>Null when it is to begin again.</summary>
    private static async Task<int?> RunOnceAsync(StationConfiguration configuration, bool untilDelivered, CancellationToken cancellation)
    {
        if (untilDelivered && !configuration.Instruments.Any(instrument => DriverCatalog.Of(instrument.Options).DrivenByData))
        {
            await Console.Error.WriteLineAsync("--until-delivered waits for replays to end, and this configuration has none. Leave it out, or add an instrument with driver replay.").ConfigureAwait(false);
            return ExitCodes.Mistakes;
        }

        var wait = new StorageWait(new SystemdNotifier(), TimeProvider.System, Console.Error.WriteLine);
        await using var host = await wait.CreateAsync(() => EdgeHost.Create(configuration, AddConsole), cancellation).ConfigureAwait(false);
        await host.StartAsync(cancellation).ConfigureAwait(false);
        var stopping = host.WhenStopping(cancellation);
        var ended = await (untilDelivered ? Task.WhenAny(host.WhenDelivered(cancellation), stopping) : Task.WhenAny(stopping)).ConfigureAwait(false);
        await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        return host.Fault is { } fault ? throw fault
            : host.RestartWanted && !cancellation.IsCancellationRequested ? null
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
