using System.Data.Common;

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
    private readonly Lock _lock = new();
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

    /// <summary>Reads the store again.</summary>
    public void Reload()
    {
        lock (_lock)
        {
            // The version first: what is entered while the store is read is read again at the next look.
            var version = _versionOf();
            _current = _load();
            Volatile.Write(ref _version, version);
        }

        _changed();
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Look()
    {
        try
        {
            if (_versionOf() != Volatile.Read(ref _version))
            {
                Reload();
            }
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException)
        {
            // The command line may hold the file for a moment, or the server may be away; the next look comes in half a second.
        }
    }
}
