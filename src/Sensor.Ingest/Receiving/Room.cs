namespace Sensor.Ingest.Receiving;

/// <summary>
/// A bounded number of bytes, or of whatever is counted, that may be examined and written at once. Who finds none left waits for its turn; meanwhile its message stays
/// unacknowledged, so that the broker keeps the rest.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Room
{
    private readonly Queue<(long Bytes, TaskCompletionSource Turn)> _waiting = [];
    private readonly Lock _lock = new();
    private readonly long _bytes;
    private long _free;

    /// <param name="bytes">How many there are. A message that is larger waits until it is alone.</param>
    public Room(long bytes) => _bytes = _free = bytes;

    /// <summary>Takes room. The task ends when it is there.</summary>
    public Task EnterAsync(long wanted)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue((long.Min(wanted, _bytes), turn));
            Admit();
        }

        return turn.Task;
    }

    /// <summary>Gives room back, as much as was taken.</summary>
    public void Leave(long taken)
    {
        lock (_lock)
        {
            _free += long.Min(taken, _bytes);
            Admit();
        }
    }

    private void Admit()
    {
        while (_waiting.TryPeek(out var first) && first.Bytes <= _free)
        {
            _free -= first.Bytes;
            _waiting.Dequeue().Turn.SetResult();
        }
    }
}
