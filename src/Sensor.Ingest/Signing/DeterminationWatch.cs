using Sensor.Compliance.Agreements;

namespace Sensor.Ingest.Signing;

/// <summary>Keeps the determinations in effect at hand and notices within half a second what the command line entered.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class DeterminationWatch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private readonly DeterminationStore _store;
    private readonly Func<IReadOnlyDictionary<string, DeterminationHistory>> _load;
    private readonly Action _changed;
    private readonly ITimer _timer;
    private volatile IReadOnlyDictionary<string, DeterminationHistory> _current;
    private long _version;

    /// <param name="store">The file.</param>
    /// <param name="desk">Tells what is in effect.</param>
    /// <param name="agreements">The agreements that are evaluated.</param>
    /// <param name="changed">Called after every change, on any thread.</param>
    /// <param name="time">The clock of the look-ups.</param>
    public DeterminationWatch(DeterminationStore store, DeterminationDesk desk, IReadOnlyList<AgreementHistory> agreements, Action changed, TimeProvider time)
    {
        (_store, _changed) = (store, changed);
        _load = () => agreements.ToDictionary(a => a.Id, desk.InEffect, StringComparer.Ordinal);
        _version = store.Version;
        _current = _load();
        _timer = time.CreateTimer(_ => Look(), null, Period, Period);
    }

    /// <summary>The determinations in effect for an agreement.</summary>
    public DeterminationHistory Of(AgreementHistory agreement) => _current.GetValueOrDefault(agreement.Id, DeterminationHistory.None);

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Look()
    {
        try
        {
            var version = _store.Version;
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
