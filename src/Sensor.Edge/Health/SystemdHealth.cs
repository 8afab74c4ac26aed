using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace Sensor.Edge.Health;

/// <summary>
/// Tells systemd that the station is ready, is stopping, and is alive: the watchdog is fed only while every instrument's loop samples and stores.
/// Does nothing without systemd.
/// </summary>
internal sealed class SystemdHealth(ISystemdNotifier notifier, Heartbeat heartbeat, TimeProvider time, ILogger logger, string? watchdogMicroseconds) : BackgroundService
{
    private static readonly ServiceState Watchdog = new("WATCHDOG=1");

    /// <summary>Half of what systemd set as WATCHDOG_USEC; null where there is no watchdog.</summary>
    public TimeSpan? Pace { get; } = long.TryParse(watchdogMicroseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var interval) && interval > 0
        ? TimeSpan.FromMicroseconds(interval / 2)
        : null;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        notifier.Notify(ServiceState.Stopping);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        notifier.Notify(ServiceState.Ready);
        while (Pace is { } pace)
        {
            if (heartbeat.Alive)
            {
                notifier.Notify(Watchdog);
            }
            else
            {
                logger.LogCritical("An instrument's loop neither samples nor stores; systemd will start the station again.");
            }

            await Task.Delay(pace, time, stoppingToken).ConfigureAwait(false);
        }
    }
}
