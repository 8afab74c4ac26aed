using Sensor.Contracts;
using Sensor.Edge.Outbox;

namespace Sensor.Edge.Sampling;

/// <summary>Records that ask for a transaction at the same time share one: whoever comes first takes along what has queued behind it.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CommitQueue
{
    private readonly Lock _gate = new();
    private List<CommitEntry> _entries = [];

    public CommitEntry Add(RecordBody body, DriverPosition? position)
    {
        var entry = new CommitEntry(body, position);
        lock (_gate)
        {
            _entries.Add(entry);
        }

        return entry;
    }

    /// <summary>Everything that has queued, an entry that was taken before and never settled included.</summary>
    public IReadOnlyList<CommitEntry> TakeWith(CommitEntry entry)
    {
        lock (_gate)
        {
            var taken = _entries;
            _entries = [];
            return taken.Contains(entry) ? taken : [entry, .. taken];
        }
    }
}

/// <summary>A record on its way into the outbox.</summary>
/// <param name="body">What it says.</param>
/// <param name="position">Where its driver stands after it.</param>
internal sealed class CommitEntry(RecordBody body, DriverPosition? position)
{
    public RecordBody Body => body;

    public DriverPosition? Position => position;

    /// <summary>Whether its fate is known.</summary>
    public bool Settled { get; private set; }

    /// <summary>Whether it is taken: durable, or waiting in memory.</summary>
    public bool Taken { get; private set; }

    /// <summary>Why it can never be stored; null where that is not so.</summary>
    public UnreadableRecordException? Unreadable { get; private set; }

    public void Settle(bool taken, UnreadableRecordException? unreadable = null) => (Settled, Taken, Unreadable) = (true, taken, unreadable);
}
