using System.Diagnostics;

namespace Sensor.Ingest.Tracing;

/// <summary>Which spans caused work that is done later and for several of them at once: the newest of each key, and none while nobody listens.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TraceCauses<TKey>
    where TKey : notnull
{
    /// <summary>The most spans that are kept for one key.</summary>
    public const int Most = 128;

    private readonly Dictionary<TKey, Queue<ActivityContext>> _causes = [];
    private readonly Lock _lock = new();

    /// <summary>Notes that the span in which the caller runs has caused work for some keys.</summary>
    public void Note(IEnumerable<TKey> keys)
    {
        if (IngestTraces.Here is not { } here)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var key in keys)
            {
                Add(key, here);
            }
        }
    }

    /// <summary>Takes what caused the work of one key.</summary>
    public IReadOnlyList<ActivityContext> Take(TKey key)
    {
        lock (_lock)
        {
            return _causes.Remove(key, out var causes) ? [.. causes.Distinct()] : [];
        }
    }

    /// <summary>Takes what caused the work of some keys; null for all of them.</summary>
    public IReadOnlyList<ActivityContext> Take(IEnumerable<TKey>? keys)
    {
        lock (_lock)
        {
            return _causes.Count == 0 ? [] : [.. (keys ?? _causes.Keys).ToList().SelectMany(Take).Distinct()];
        }
    }

    private void Add(TKey key, ActivityContext cause)
    {
        if (!_causes.TryGetValue(key, out var causes))
        {
            _causes.Add(key, causes = []);
        }

        causes.Enqueue(cause);
        if (causes.Count > Most)
        {
            causes.Dequeue();
        }
    }
}
