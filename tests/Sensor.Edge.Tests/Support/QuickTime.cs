using Microsoft.Extensions.Time.Testing;

namespace Sensor.Edge.Tests.Support;

/// <summary>A clock on which every wait is over at once, and has taken its time.</summary>
internal sealed class QuickTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>How long each wait was.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Waits.Add(dueTime);
        Advance(dueTime);
        return timer;
    }
}
