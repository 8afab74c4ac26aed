using Sensor.Edge.Drivers;

namespace Sensor.Edge.Buses;

/// <summary>
/// A line that several instruments share: one conversation at a time, in the order of asking. It is opened by the first conversation, and again
/// after it broke.
/// </summary>
/// <remarks>Thread-safe. One who waits for a line that another holds is set free by its own cancellation.</remarks>
internal sealed class SharedLine(string name, Func<CancellationToken, Task<IByteLine>> open) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IByteLine? _line;

    /// <summary>Holds the line for one conversation. What an earlier one left unread is thrown away first, unless it is to be kept.</summary>
    /// <param name="converse">Talks; must end soon after its cancellation.</param>
    /// <param name="cancellation">Ends the wait for the line as well as the conversation.</param>
    /// <param name="close">Whether the line is closed afterwards, for devices that serve one client at a time.</param>
    /// <param name="keepUnread">For an instrument that speaks unasked: what came between two conversations is the next one's.</param>
    /// <exception cref="BusException">The line cannot be opened, or broke.</exception>
    public async Task<T> UseAsync<T>(Func<IByteLine, CancellationToken, Task<T>> converse, CancellationToken cancellation, bool close = false, bool keepUnread = false)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _line ??= await open(cancellation).ConfigureAwait(false);
            if (!keepUnread)
            {
                _line.Discard();
            }

            return await converse(_line, cancellation).ConfigureAwait(false);
        }
        catch (UnauthorizedAccessException e)
        {
            await CloseAsync().ConfigureAwait(false);
            throw new BusException(FailureKind.Misconfigured, $"{name}: {e.Message.TrimEnd('.')}", e);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            await CloseAsync().ConfigureAwait(false);
            throw new BusException(FailureKind.Transient, $"{name}: {e.Message.TrimEnd('.')}", e);
        }
        finally
        {
            await (close ? CloseAsync() : Task.CompletedTask).ConfigureAwait(false);
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _line, null) is { } line)
        {
            await line.DisposeAsync().ConfigureAwait(false);
        }
    }
}
