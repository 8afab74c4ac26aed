using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensor.Contracts;
using Sensor.Edge.Health;
using Sensor.Edge.Outbox;

namespace Sensor.Edge.Sampling;

/// <summary>
/// Puts records into the outbox. While the storage takes none, as when it is full, what an instrument says waits in memory, unsigned: a number
/// is taken only by what is durable. What a driver can give again, because it keeps a position, waits in its source instead.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RecordStore(StationOutbox outbox, string file, StorageCondition condition, FatalFault fault, IHostApplicationLifetime lifetime, TimeProvider time, ILogger logger, int bound = RecordStore.Bound)
{
    /// <summary>A day and a half of one record a minute.</summary>
    public const int Bound = 2_048;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly CommitQueue _queue = new();
    private readonly WaitingRecords _waiting = new(bound);
    private readonly ChangeSignal _changed = new();
    private string? _fault;

    /// <summary>Returns when the record is durable or, where it has no position, waits in memory.</summary>
    /// <exception cref="UnreadableRecordException">The record breaks the rules of the wire and was not stored.</exception>
    public Task AppendAsync(RecordBody body, DriverPosition? position, CancellationToken stop) => AppendAsync(() => TryAppend(body, position), stop);

    /// <summary>Returns when records that belong together are durable, with what is to be remembered after them.</summary>
    /// <exception cref="UnreadableRecordException">One of them breaks the rules of the wire; none was stored.</exception>
    public Task AppendAsync(IReadOnlyList<RecordBody> bodies, IReadOnlyList<DriverPosition> positions, CancellationToken stop) => AppendAsync(
        () =>
        {
            lock (_gate)
            {
                return _fault is null && Guarded(() => outbox.Append(bodies, positions));
            }
        },
        stop);

    private async Task AppendAsync(Func<bool> append, CancellationToken stop)
    {
        while (true)
        {
            var changed = _changed.Next;
            if (append())
            {
                return;
            }

            await changed.WaitAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>Stores what waits as soon as the storage takes it, until the station stops.</summary>
    public async Task DrainAsync(CancellationToken stop)
    {
        for (var pause = FirstPause; ;)
        {
            var changed = _changed.Next;
            if (_fault is null)
            {
                pause = FirstPause;
                await changed.WaitAsync(stop).ConfigureAwait(false);
                continue;
            }

            await Task.Delay(pause, time, stop).ConfigureAwait(false);
            Drain();
            pause = pause < LongestPause / 2 ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Tries to store everything that waits.</summary>
    public void Drain()
    {
        lock (_gate)
        {
            if (_fault is null || !Guarded(outbox.Probe))
            {
                return;
            }

            _waiting.AdmitDropped();
            while (_waiting.Oldest is { } oldest)
            {
                if (!TryStoreWaiting(oldest))
                {
                    return;
                }
            }

            logger.LogInformation("The outbox {File} takes records again; nothing waits in memory.", file);
            Report(null);
        }

        _changed.Raise();
    }

    private bool TryAppend(RecordBody body, DriverPosition? position)
    {
        var entry = _queue.Add(body, position);
        lock (_gate)
        {
            if (!entry.Settled)
            {
                Settle(_queue.TakeWith(entry));
            }
        }

        return entry.Unreadable is { } unreadable ? throw unreadable : entry.Taken;
    }

    /// <summary>Stores entries in one transaction; what the storage does not take waits in memory, or in its source where it has a position.</summary>
    private void Settle(IReadOnlyList<CommitEntry> entries)
    {
        StoreTogether(entries);
        foreach (var entry in entries.Where(e => !e.Settled))
        {
            if (entry.Position is null)
            {
                _waiting.Add(entry.Body);
                Report(_fault);
            }

            entry.Settle(taken: entry.Position is null);
        }
    }

    private void StoreTogether(IReadOnlyList<CommitEntry> entries)
    {
        try
        {
            if (_fault is null && Guarded(() => outbox.Append(SlotRecords.Joined([.. entries.Select(e => e.Body)]), [.. entries.Select(e => e.Position).OfType<DriverPosition>()])))
            {
                entries.ToList().ForEach(e => e.Settle(taken: true));
            }
        }
        catch (UnreadableRecordException e) when (entries.Count == 1)
        {
            entries[0].Settle(taken: false, e);
        }
        catch (UnreadableRecordException)
        {
            // One that breaks the rules must not take the others along.
            entries.ToList().ForEach(e => StoreTogether([e]));
        }
    }

    private bool TryStoreWaiting(RecordBody oldest)
    {
        try
        {
            if (!TryStore(oldest, null))
            {
                return false;
            }

            _waiting.Stored();
        }
        catch (UnreadableRecordException e)
        {
            logger.LogError("A record that waited is dropped: {Reason}", e.Message);
            _waiting.Drop(oldest);
            _waiting.AdmitDropped();
        }

        return true;
    }

    private bool TryStore(RecordBody body, DriverPosition? position) => Guarded(() => outbox.Append(body, position));

    private bool Guarded(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (SqliteException e) when (OutboxDatabase.IsDamage(e))
        {
            fault.Report(OutboxDatabase.Damaged(file, e.Message.TrimEnd('.'), e));
            lifetime.StopApplication();
            throw new OperationCanceledException("the station stops", e);
        }
        catch (SqliteException e)
        {
            logger.Log(_fault is null ? LogLevel.Error : LogLevel.Debug, "The outbox {File} does not take records: {Reason}. Sampling goes on in memory. Free space or repair the storage.", file, e.Message);
            Report(e.Message);
            return false;
        }
    }

    private void Report(string? reason)
    {
        var news = reason != _fault;
        _fault = reason;
        condition.Report(new StorageState(reason, _waiting.Count, _waiting.Dropped));
        if (news)
        {
            _changed.Raise();
        }
    }
}
