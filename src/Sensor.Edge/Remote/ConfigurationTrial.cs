using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensor.Edge.Configuration;
using Sensor.Edge.Health;
using Sensor.Edge.Publishing;

namespace Sensor.Edge.Remote;

/// <summary>Watches a configuration that came from afar: it stays when an instrument was read and a broker reached in time, else the one before it comes back.</summary>
internal sealed class ConfigurationTrial(RemoteConfiguration remote, SampleBook samples, Func<Publisher> publisher, TimeSpan shortestCadence, Action restart, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Long enough for a slot of the instrument that is read most often.</summary>
    private TimeSpan Patience => Least + shortestCadence;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < Patience)
        {
            if (publisher().Connected && samples.Counts.Any(count => count.Value.Good > 0))
            {
                remote.Keep();
                logger.LogInformation("The configuration that came from afar has proved itself and stays.");
                return;
            }

            await Task.Delay(Look, time, stoppingToken).ConfigureAwait(false);
        }

        logger.LogError("Within {Patience} no instrument was read or no broker was reached; the configuration before comes back.", Durations.Format(Patience));
        remote.GoBack();
        restart();
    }
}
