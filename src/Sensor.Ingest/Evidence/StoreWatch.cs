namespace Sensor.Ingest.Evidence;

/// <summary>Keeps what a store says at hand and notices within half a second what the command line entered.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StoreWatch<T> : IAsyncDisposable
    where T : class
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private readonly Func<long> _versionOf;
    private readonly Func<T> _load;
    private readonly Action _changed;
    private readonly ITimer _timer;
    private volatile T _current;
    private long _version;

    /// <param name="version">A number that changes when another connection has changed the store.</param>
    /// <param name="load">Reads the store.</param>
    /// <param name="changed">Called after every change, on any thread.</param>
    /// <param name="time">The clock of the look-ups.</param>
    public StoreWatch(Func<long> version, Func<T> load, Action changed, TimeProvider time)
    {
        (_versionOf, _load, _changed) = (version, load, changed);
        _version = version();
        _current = load();
        _timer = time.CreateTimer(_ => Look(), null, Period, Period);
    }

    /// <summary>What the store says.</summary>
    public T Current => _current;

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Look()
    {
        try
        {
            var version = _versionOf();
            if (version != Interlocked.Exchange(ref _version, version))
            {
                _current = _load();
                _changed();
            }
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // The command line may hold the file for a moment: forget what was seen, so that the next look loads.
            Interlocked.Exchange(ref _version, -1);
        }
    }
}
