namespace Sensor.Ingest.Interop;

/// <summary>Lets so many frames through in a second; who comes faster waits, and so does its sender, because nobody reads from it.</summary>
/// <remarks>One caller at a time.</remarks>
internal sealed class FramePace(int perSecond, TimeProvider time)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private long _since = time.GetTimestamp();
    private int _count;

    /// <summary>Returns when one more frame may be taken.</summary>
    public async Task WaitAsync(CancellationToken stop)
    {
        var gone = time.GetElapsedTime(_since);
        if (gone < Second && _count >= perSecond)
        {
            await Task.Delay(Second - gone, time, stop);
            gone = Second;
        }

        if (gone >= Second)
        {
            (_since, _count) = (time.GetTimestamp(), 0);
        }

        _count++;
    }
}
