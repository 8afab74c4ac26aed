namespace Sensor.Edge.Drivers.Modbus;

/// <summary>
/// Lets an instrument that does not answer be asked less and less, so that its timeouts leave the line to the others: not again before 15 s have
/// passed, then 30 s, up to 5 min. The first answer ends it.
/// </summary>
/// <remarks>For one driver; not thread-safe.</remarks>
internal sealed class BackOff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private TimeSpan _pause;
    private long _since;

    /// <summary>How long it is still left alone.</summary>
    public TimeSpan Left => _pause - time.GetElapsedTime(_since) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>It answered, whatever.</summary>
    public void Answered() => _pause = TimeSpan.Zero;

    /// <summary>It was silent.</summary>
    public void Silent()
    {
        _pause = _pause == TimeSpan.Zero ? First : _pause * 2 < Longest ? _pause * 2 : Longest;
        _since = time.GetTimestamp();
    }
}
