namespace Sensor.Ingest.Tests.Arrivals;

/// <summary>The wall clock stands where the test puts it; timers and timestamps are the machine's.</summary>
internal sealed class ArrivalTime : TimeProvider
{
    private long _now = DateTimeOffset.UnixEpoch.AddYears(51).UtcTicks;

    public DateTimeOffset Now { set => Volatile.Write(ref _now, value.UtcTicks); }

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _now), TimeSpan.Zero);
}
