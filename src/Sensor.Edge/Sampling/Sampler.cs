using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sensor.Edge.Sampling;

/// <summary>Runs one loop per instrument; none waits for another.</summary>
internal sealed class Sampler(IReadOnlyList<InstrumentLoop> loops, RecordStore store, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Whether every driver that brings its own times has nothing more. True when there is none.</summary>
    public bool ReplayEnded => loops.Where(loop => loop.DrivenByData).All(loop => loop.Ended);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var drain = store.DrainAsync(stoppingToken);
        await Task.WhenAll(loops.Select(loop => Task.Run(() => GuardAsync(loop, stoppingToken), CancellationToken.None))).ConfigureAwait(false);
        await drain.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        store.Drain();
    }

    /// <summary>A loop catches what its instrument does; what gets here is a mistake of this program, and must end neither this loop nor another.</summary>
    private async Task GuardAsync(InstrumentLoop loop, CancellationToken stop)
    {
        await using var disposed = loop.ConfigureAwait(false);
        for (var ended = false; !ended;)
        {
            try
            {
                await loop.RunAsync(stop).ConfigureAwait(false);
                ended = true;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Everything stored is durable; what was being read is lost like any slot without power.
                ended = true;
            }
            catch (Exception e)
            {
                logger.LogCritical(e, "A sampling loop failed; it begins again in {Pause}.", Pause);
                await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
