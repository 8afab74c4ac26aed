using Sensor.Contracts;

namespace Sensor.Edge.Sampling;

/// <summary>Records that wait in memory until the storage takes them, oldest first, up to a number; readings are dropped before events.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class WaitingRecords(int bound)
{
    private readonly LinkedList<RecordBody> _bodies = [];
    private readonly DroppedReadings _dropped = new();

    public int Count => _bodies.Count;

    /// <summary>How many were dropped in all.</summary>
    public long Dropped { get; private set; }

    public RecordBody? Oldest => _bodies.First?.Value;

    public void Add(RecordBody body)
    {
        _bodies.AddLast(body);
        if (_bodies.Count > bound)
        {
            Drop(_bodies.FirstOrDefault(waiting => waiting is ReadingsBody) ?? _bodies.First!.Value);
        }
    }

    /// <summary>The oldest is durable.</summary>
    public void Stored() => _bodies.RemoveFirst();

    /// <summary>Gives one up.</summary>
    public void Drop(RecordBody body)
    {
        _bodies.Remove(body);
        Dropped++;
        if (body is ReadingsBody readings)
        {
            _dropped.Add(readings);
        }
    }

    /// <summary>Puts what stands for the dropped readings before everything that waits: it is older.</summary>
    public void AdmitDropped()
    {
        foreach (var body in _dropped.Take().Reverse())
        {
            _bodies.AddFirst(body);
        }
    }
}
