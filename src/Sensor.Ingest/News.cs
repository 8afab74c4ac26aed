namespace Sensor.Ingest;

/// <summary>Tells a loop that there is something to do; told often before it looks, it hears it once.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class News : IDisposable
{
    private readonly SemaphoreSlim _told = new(0);

    /// <summary>Says that there is something to do. Never waits.</summary>
    public void Note()
    {
        if (_told.CurrentCount == 0)
        {
            _told.Release();
        }
    }

    /// <summary>Waits until there is something to do.</summary>
    public Task WaitAsync(CancellationToken stop) => _told.WaitAsync(stop);

    /// <summary>Waits until there is something to do, at most for a time.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken stop) => _told.WaitAsync(most, stop);

    public void Dispose() => _told.Dispose();
}
