using System.Data.Common;

namespace Sensor.Ingest.Registry;

/// <summary>Keeps the newest registry at hand and notices within half a second what the command line entered.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RegistryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private readonly RegistryStore _store;
    private readonly Action _changed;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private volatile RegistrySnapshot _current;
    private long _version;

    /// <param name="store">The registry's file.</param>
    /// <param name="changed">Called after every change, on any thread.</param>
    /// <param name="time">The clock of the look-ups.</param>
    public RegistryWatch(RegistryStore store, Action changed, TimeProvider time)
    {
        _store = store;
        _changed = changed;
        _version = store.Version;
        _current = store.Load();
        _timer = time.CreateTimer(_ => Look(), null, Period, Period);
    }

    /// <summary>The newest registry that is known.</summary>
    public RegistrySnapshot Current => _current;

    /// <summary>Reads the registry again.</summary>
    public void Reload()
    {
        lock (_lock)
        {
            _version = _store.Version;
            _current = _store.Load();
        }

        _changed();
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Look()
    {
        try
        {
            if (_store.Version != Volatile.Read(ref _version))
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
