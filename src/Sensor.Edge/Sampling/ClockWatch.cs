using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensor.Contracts;

namespace Sensor.Edge.Sampling;

/// <summary>
/// Notices when somebody steps the wall clock, by comparing it with the clock that only runs, and signs an event with both times. What is slewed
/// is no step: up to 8.3 % (chrony) are 0.83 s between two looks.
/// </summary>
internal sealed class ClockWatch(StationClock clock, IKernelClock kernel, RecordStore store, ILogger logger) : BackgroundService
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    private const long SmallestStep = 2_000;
    private long _offset = Offset(clock, kernel);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Pace, clock.Time, stoppingToken).ConfigureAwait(false);
            await LookAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        var offset = Offset(clock, kernel);
        var step = offset - _offset;
        _offset = offset;
        if (Math.Abs(step) < SmallestStep)
        {
            return;
        }

        var after = clock.Now;
        var before = after.PlusMilliseconds(-step);
        logger.LogWarning("The wall clock was stepped by {Step} ms, from {Before} to {After}.", step, before, after);
        await store.AppendAsync(new EventBody(new StationEvent { Type = EventType.ClockStep, WallBefore = before, WallAfter = after }), null, stop).ConfigureAwait(false);
    }

    private static long Offset(StationClock clock, IKernelClock kernel) => clock.Now.UnixMilliseconds - kernel.BootMilliseconds;
}
