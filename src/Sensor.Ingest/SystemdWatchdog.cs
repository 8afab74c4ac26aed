using System.Globalization;
using Microsoft.Extensions.Hosting.Systemd;

namespace Sensor.Ingest;

/// <summary>Tells systemd that the service is alive, and only as long as it can make something durable.</summary>
/// <param name="notifier">Speaks to systemd; null outside of it.</param>
/// <param name="commit">Makes nothing durable: an empty transaction.</param>
/// <param name="time">The clock of the pauses.</param>
/// <param name="logger">Says why systemd hears nothing.</param>
/// <param name="watchdogMicroseconds">The environment's WATCHDOG_USEC.</param>
internal sealed class SystemdWatchdog(ISystemdNotifier? notifier, Func<CancellationToken, Task> commit, TimeProvider time, ILogger logger, string? watchdogMicroseconds) : BackgroundService
{
    private static readonly ServiceState Alive = new("WATCHDOG=1");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (notifier is null || !long.TryParse(watchdogMicroseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var interval) || interval == 0)
        {
            return;
        }

        using var beat = new PeriodicTimer(TimeSpan.FromMicroseconds(interval) / 2, time);
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await commit(stoppingToken);
                notifier.Notify(Alive);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogError(e, "Nothing can be made durable; systemd is not told that the service is alive");
            }
        }
    }
}
