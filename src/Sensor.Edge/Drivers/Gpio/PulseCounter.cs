namespace Sensor.Edge.Drivers.Gpio;

/// <summary>Counts pulses, and those that follow a counted one faster than the debounce apart.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PulseCounter(TimeSpan debounce, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long? _last;
    private long _counted;
    private long _rejected;

    public void Add()
    {
        lock (_gate)
        {
            if (_last is { } last && time.GetElapsedTime(last) < debounce)
            {
                _rejected++;
                return;
            }

            _last = time.GetTimestamp();
            _counted++;
        }
    }

    /// <summary>What was counted since the last time; begins anew.</summary>
    public (long Counted, long Rejected) Take()
    {
        lock (_gate)
        {
            var taken = (_counted, _rejected);
            (_counted, _rejected) = (0, 0);
            return taken;
        }
    }
}
