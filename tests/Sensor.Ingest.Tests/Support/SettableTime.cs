using Microsoft.Extensions.Time.Testing;

namespace Sensor.Ingest.Tests.Support;

/// <summary>A fake clock whose wall time can be set back while its timers and timestamps go on.</summary>
internal sealed class SettableTime : TimeProvider
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.UnixEpoch.AddYears(56);
    private readonly FakeTimeProvider _steady = new(Begin);
    private TimeSpan _back;

    public TimeSpan Passed => _steady.GetUtcNow() - Begin;

    public override long TimestampFrequency => _steady.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _steady.GetUtcNow() - _back;

    public override long GetTimestamp() => _steady.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _steady.CreateTimer(callback, state, dueTime, period);

    public void Advance(TimeSpan by) => _steady.Advance(by);

    public void SetBack(TimeSpan by) => _back += by;
}
