using System.Threading.Channels;

namespace Sensor.Ingest.Evidence;

/// <summary>What waits to be written, live records before those of a backlog, of either a bounded number: who finds no room waits.</summary>
/// <remarks>Any number of writers; one reader.</remarks>
internal sealed class WaitingWork<T>
{
    private readonly Channel<T> _live;
    private readonly Channel<T> _backlog;
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <param name="most">The most that waits, of either.</param>
    public WaitingWork(int most)
    {
        var bounds = new BoundedChannelOptions(most) { SingleReader = true };
        (_live, _backlog) = (Channel.CreateBounded<T>(bounds), Channel.CreateBounded<T>(bounds));
    }

    /// <summary>Lets something wait.</summary>
    /// <exception cref="ChannelClosedException">Nothing is taken any more.</exception>
    public async ValueTask AddAsync(T work, bool backlog, CancellationToken stop)
    {
        await (backlog ? _backlog : _live).Writer.WriteAsync(work, stop);
        _news.Writer.TryWrite(true);
    }

    /// <summary>Lets something wait among the live where there is room at once.</summary>
    public bool TryAdd(T work)
    {
        var added = _live.Writer.TryWrite(work);
        _news.Writer.TryWrite(true);
        return added;
    }

    /// <summary>Waits until something waits; false when nothing will any more.</summary>
    public async ValueTask<bool> WaitAsync()
    {
        if (HasWork)
        {
            return true;
        }

        while (await _news.Reader.WaitToReadAsync())
        {
            // The news comes after the work, so that none is overlooked.
            _news.Reader.TryRead(out _);
            if (HasWork)
            {
                return true;
            }
        }

        return HasWork;
    }

    /// <summary>Takes what is next: the live first, and of the backlog only so much that the live which come meanwhile do not wait long.</summary>
    /// <param name="sizeOf">How large a piece of work is.</param>
    /// <param name="most">About how much is taken.</param>
    /// <param name="mostBacklog">About how much of the backlog.</param>
    public List<T> Take(Func<T, int> sizeOf, int most, int mostBacklog)
    {
        var taken = new List<T>();
        var size = Take(_live, taken, sizeOf, most);
        Take(_backlog, taken, sizeOf, int.Min(most - size, mostBacklog));
        return taken;
    }

    /// <summary>Ends it: what waits is still given, nothing more is taken.</summary>
    public void Complete()
    {
        _live.Writer.TryComplete();
        _backlog.Writer.TryComplete();
        _news.Writer.TryComplete();
    }

    private bool HasWork => _live.Reader.TryPeek(out _) || _backlog.Reader.TryPeek(out _);

    private static int Take(Channel<T> from, List<T> taken, Func<T, int> sizeOf, int most)
    {
        var size = 0;
        while (size < most && from.Reader.TryRead(out var work))
        {
            size += sizeOf(work);
            taken.Add(work);
        }

        return size;
    }
}
