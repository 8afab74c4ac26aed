using Microsoft.Extensions.Time.Testing;

namespace Sensor.Edge.Tests.Support;

/// <summary>A clock on which every wait is over at once and has taken its time, while timers that are set later fire as they should.</summary>
internal sealed class PlanTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && period == Timeout.InfiniteTimeSpan)
        {
            Advance(dueTime);
        }

        return timer;
    }
}
