using Microsoft.Extensions.Logging;
using Sensor.Contracts;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Health;
using Sensor.Edge.Outbox;

namespace Sensor.Edge.Sampling;

/// <summary>Reads one instrument at its slots, or as fast as its data allow, and stores what it says. Independent of every other loop.</summary>
internal sealed class InstrumentLoop(InstrumentConfiguration instrument, IDriver driver, RecordStore store, StationOutbox outbox, StationClock clock, Heartbeat heartbeat, SampleBook samples, Maintenance maintenance, StationActuators actuators, SamplingOrders orders, ILogger logger) : IAsyncDisposable
{
    /// <summary>Waits are cut into pieces of this length, because the wall clock may be stepped while a loop waits.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    /// <summary>Keeps a driver that has no news and does not wait for them from turning without end.</summary>
    private static readonly TimeSpan PauseWithoutNews = TimeSpan.FromMilliseconds(100);

    private readonly GuardedRead _read = new(driver, instrument.Timeout, clock.Time);
    private volatile bool _ended;
    private bool _failing;

    /// <summary>Whether the driver brings its own times.</summary>
    public bool DrivenByData => driver.DataPace is not null;

    /// <summary>Whether a driver that brings its own times has nothing more.</summary>
    public bool Ended => _ended;

    /// <summary>Samples until the station stops or the data end.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await (driver.DataPace is { } pace ? FollowDataAsync(pace, stop) : FollowSlotsAsync(stop)).ConfigureAwait(false);
        heartbeat.Forget(instrument.Id);
    }

    public ValueTask DisposeAsync() => driver.DisposeAsync();

    private async Task FollowSlotsAsync(CancellationToken stop)
    {
        var reader = new SlotReader(instrument, _read, actuators, clock.Time);
        var lead = (long)reader.Lead.TotalMilliseconds;
        while (true)
        {
            var changed = orders.NextOf(instrument.Id);
            var schedule = new SlotSchedule(orders.CadenceOf(instrument));
            var slot = schedule.After(clock.Now.PlusMilliseconds(lead));
            var begin = slot.PlusMilliseconds(-lead);
            if (orders.TakeSample(instrument.Id) && Left(begin) > reader.Longest)
            {
                (begin, slot) = (clock.Now, clock.Now.PlusMilliseconds(lead));
            }
            else if (!await WaitUntilAsync(begin, changed, stop).ConfigureAwait(false))
            {
                continue;
            }

            var maintained = maintenance.IsUnderWay(instrument.Id);
            var reply = schedule.IsMissed(begin, clock.Now) ? null : await ReadSlotAsync(reader, schedule, slot, stop).ConfigureAwait(false);
            if (reply is null)
            {
                logger.LogWarning("Instrument {Instrument}: the slot {Slot} was missed; nothing is made up for it.", instrument.Id, slot);
                continue;
            }

            await TakeAsync(reply, slot, maintained || maintenance.IsUnderWay(instrument.Id), stop).ConfigureAwait(false);
            samples.Note(instrument.Id, reply, clock.Now);
            Recovered(reply);
        }
    }

    /// <summary>Null when the slot was missed while the water was prepared. Whatever happens, everything is switched off again.</summary>
    private async Task<DriverReply?> ReadSlotAsync(SlotReader reader, SlotSchedule schedule, Instant slot, CancellationToken stop)
    {
        DriverReply? reply;
        DriverReply.Failed? ended = null;
        try
        {
            reply = await ReadPreparedAsync(reader, schedule, slot, stop).ConfigureAwait(false);
        }
        finally
        {
            ended = await reader.EndAsync().ConfigureAwait(false);
        }

        return reply is DriverReply.Sampled && ended is not null ? ended : reply;
    }

    private async Task<DriverReply?> ReadPreparedAsync(SlotReader reader, SlotSchedule schedule, Instant slot, CancellationToken stop)
    {
        Expect(reader.Longest);
        var failed = await reader.PrepareAsync(stop).ConfigureAwait(false);
        if (failed is null && Left(slot) > schedule.Tolerance)
        {
            // The clock was set back meanwhile: the water would be old when the slot comes.
            return null;
        }

        await WaitUntilAsync(slot, stop).ConfigureAwait(false);
        if (schedule.IsMissed(slot, clock.Now))
        {
            return null;
        }

        Expect(reader.Longest);
        return failed ?? await reader.ReadAsync(new SampleRequest(slot, outbox.PositionOf(instrument.Id)), stop).ConfigureAwait(false);
    }

    private async Task FollowDataAsync(TimeSpan pace, CancellationToken stop)
    {
        var due = clock.Time.GetTimestamp();
        while (true)
        {
            Expect(TimeSpan.Zero);
            var reply = await _read.ReadAsync(new SampleRequest(clock.Now, outbox.PositionOf(instrument.Id)), stop).ConfigureAwait(false);
            if (reply is DriverReply.Ended)
            {
                logger.LogInformation("Instrument {Instrument}: all of its data has been replayed.", instrument.Id);
                _ended = true;
                outbox.Changed.Raise();
                return;
            }

            samples.Note(instrument.Id, reply, clock.Now);
            if (await TakeDataAsync(reply, stop).ConfigureAwait(false))
            {
                Recovered(reply);
                due += (long)(pace.TotalSeconds * clock.Time.TimestampFrequency);
                await PauseAsync(clock.Time.GetElapsedTime(clock.Time.GetTimestamp(), due), stop).ConfigureAwait(false);
            }
            else
            {
                await PauseAsync(PauseAfterFailure, stop).ConfigureAwait(false);
                due = clock.Time.GetTimestamp();
            }
        }
    }

    private Task TakeAsync(DriverReply reply, Instant slot, bool maintained, CancellationToken stop) => reply switch
    {
        DriverReply.Sampled sampled => StoreAsync(Marked(sampled, maintained), slot, stop),
        DriverReply.Happened happened => StoreAsync(happened, stop),
        DriverReply.Unchanged => Task.CompletedTask,
        _ => StoreAsync(Marked(Missing(slot, slot, reply), maintained), slot, stop),
    };

    private static DriverReply.Sampled Marked(DriverReply.Sampled sampled, bool maintained) => maintained ? Maintenance.Marked(sampled) : sampled;

    /// <summary>True when the driver may go on at its pace. A row of failures makes missing readings once, when it begins: there are no slots that could be missing.</summary>
    private async Task<bool> TakeDataAsync(DriverReply reply, CancellationToken stop)
    {
        switch (reply)
        {
            case DriverReply.Sampled sampled:
                return await StoreAsync(sampled, sampled.Instant, stop).ConfigureAwait(false);
            case DriverReply.Happened happened:
                await StoreAsync(happened, stop).ConfigureAwait(false);
                return true;
            case DriverReply.Unchanged:
                await PauseAsync(PauseWithoutNews, stop).ConfigureAwait(false);
                return true;
            default:
                var first = !_failing;
                var missing = Missing(clock.Now, clock.Now, reply);
                _ = first && await StoreAsync(missing, missing.Instant, stop).ConfigureAwait(false);
                return false;
        }
    }

    private Task StoreAsync(DriverReply.Happened happened, CancellationToken stop)
    {
        maintenance.Note(instrument.Id, happened);
        return store.AppendAsync(new EventBody(happened.Event), At(happened.Position), stop);
    }

    private DriverPosition? At(string? position) => position is null ? null : new DriverPosition(instrument.Id, position);

    private async Task WaitUntilAsync(Instant slot, CancellationToken stop)
    {
        for (var left = Left(slot); left > TimeSpan.Zero; left = Left(slot))
        {
            await PauseAsync(left < LongestWait ? left : LongestWait, stop).ConfigureAwait(false);
        }
    }

    /// <summary>As <see cref="WaitUntilAsync(Instant, CancellationToken)"/>; false when something was ordered meanwhile.</summary>
    private async Task<bool> WaitUntilAsync(Instant slot, Task changed, CancellationToken stop)
    {
        for (var left = Left(slot); left > TimeSpan.Zero && !changed.IsCompleted; left = Left(slot))
        {
            Expect(LongestWait);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await Task.WhenAny(changed, Task.Delay(left < LongestWait ? left : LongestWait, clock.Time, either.Token)).ConfigureAwait(false);
            await either.CancelAsync().ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
        }

        return !changed.IsCompleted;
    }

    private TimeSpan Left(Instant slot) => TimeSpan.FromMilliseconds(slot.UnixMilliseconds) - TimeSpan.FromMilliseconds(clock.Now.UnixMilliseconds);

    private async Task PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        if (pause > TimeSpan.Zero)
        {
            Expect(pause);
            await Task.Delay(pause, clock.Time, stop).ConfigureAwait(false);
        }

        stop.ThrowIfCancellationRequested();
    }

    /// <summary>True when the readings as the driver gave them are durable.</summary>
    private async Task<bool> StoreAsync(DriverReply.Sampled sampled, Instant instant, CancellationToken stop)
    {
        if (sampled.Readings.Count == 0)
        {
            return false;
        }

        try
        {
            await store.AppendAsync(new ReadingsBody(instant, sampled.Readings), At(sampled.Position), stop).ConfigureAwait(false);
            return true;
        }
        catch (UnreadableRecordException e)
        {
            var missing = Missing(sampled.Readings[0].SampledFrom, instant, new DriverReply.Failed(FailureKind.Faulted, MissingReason.BadAnswer, e.Message));
            if (missing.Readings.Count > 0)
            {
                await store.AppendAsync(new ReadingsBody(instant, missing.Readings), null, stop).ConfigureAwait(false);
            }

            return false;
        }
    }

    private DriverReply.Sampled Missing(Instant from, Instant instant, DriverReply reply)
    {
        var failed = reply as DriverReply.Failed ?? new DriverReply.Failed(FailureKind.Faulted, MissingReason.BadAnswer, "the driver ended");
        Note(failed);
        return new DriverReply.Sampled(instant, FailedReadings.Of(driver, instrument.Id, failed, from, clock.Now));
    }

    /// <summary>The first failure of a row is news; the others stand in the records.</summary>
    private void Note(DriverReply.Failed? failed)
    {
        if (failed is null)
        {
            return;
        }

        var level = _failing ? LogLevel.Debug : failed.Kind == FailureKind.Transient ? LogLevel.Warning : LogLevel.Error;
        logger.Log(level, "Instrument {Instrument}: {Kind}, {Detail}.", instrument.Id, failed.Kind, failed.Detail);
        _failing = true;
    }

    private void Recovered(DriverReply reply)
    {
        if (_failing && reply is not DriverReply.Failed)
        {
            logger.LogInformation("Instrument {Instrument} answers again.", instrument.Id);
            _failing = false;
        }
    }

    private void Expect(TimeSpan pause) => heartbeat.Expect(instrument.Id, pause + instrument.Timeout + Grace);
}
