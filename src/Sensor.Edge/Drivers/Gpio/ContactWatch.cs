using Sensor.Contracts;
using Sensor.Edge.Buses;

namespace Sensor.Edge.Drivers.Gpio;

/// <summary>Waits for a contact to change and makes an event of it; the state that was said last stands in the driver's position.</summary>
internal sealed class ContactWatch(DriverTools tools, ContactOptions options) : IDisposable
{
    /// <summary>The position after an event of the closed contact.</summary>
    public const string Closed = "closed";

    private const string Open = "open";

    private readonly Contact _contact = new(options, tools.Buses, tools.Time);

    /// <summary>Half the timeout: a wait without news is over well before it.</summary>
    private readonly TimeSpan _patience = tools.Timeout / 2;

    /// <summary>Waits for a state that differs from the position.</summary>
    /// <param name="position">The driver's durable position, <c>open</c> or <c>closed</c>; null where it never said anything.</param>
    /// <param name="eventOf">The event for a state, true for closed, and the one before, null where it is not known; null where that is no news.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<DriverReply> NextAsync(string? position, Func<bool, bool?, StationEvent?> eventOf, CancellationToken cancellation)
    {
        try
        {
            bool? before = position is null ? null : position == Closed;
            return await WaitAsync(state => eventOf(state, before) is not null, cancellation).ConfigureAwait(false) is { } closed
                ? new DriverReply.Happened(eventOf(closed, before)!, closed ? Closed : Open)
                : new DriverReply.Unchanged();
        }
        catch (BusException e)
        {
            return e.Reply;
        }
    }

    public void Dispose() => _contact.Dispose();

    private async Task<bool?> WaitAsync(Func<bool, bool> isNews, CancellationToken cancellation)
    {
        var start = tools.Time.GetTimestamp();
        while (true)
        {
            var edge = _contact.NextEdge;
            if (_contact.Next(isNews) is { } closed)
            {
                return closed;
            }

            var left = _patience - tools.Time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            await EdgeAsync(edge, _contact.Unsettled is { } unsettled && unsettled < left ? unsettled : left, cancellation).ConfigureAwait(false);
        }
    }

    private async Task EdgeAsync(Task edge, TimeSpan most, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pause = Task.Delay(most > TimeSpan.Zero ? most : TimeSpan.Zero, tools.Time, either.Token);
        await Task.WhenAny(edge, pause).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
    }
}
