using Sensor.Contracts;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Sampling;

/// <summary>Reads a driver under a timeout that holds even when the driver ignores its cancellation, blocks its thread or throws.</summary>
/// <remarks>For one loop; not thread-safe.</remarks>
internal sealed class GuardedRead(IDriver driver, TimeSpan timeout, TimeProvider time)
{
    private Task<DriverReply>? _abandoned;

    public async Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken stop)
    {
        if (_abandoned is { IsCompleted: false })
        {
            return new DriverReply.Failed(FailureKind.Faulted, MissingReason.NoAnswer, "an earlier read has still not come back");
        }

        _abandoned = null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        // Fairly queued: replays that read without end would otherwise keep every other work of the process, such as a stop, waiting.
        var read = Task.Factory.StartNew(
            () => driver.ReadAsync(request, patience.Token), CancellationToken.None, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.PreferFairness, TaskScheduler.Default).Unwrap();
        try
        {
            return await read.WaitAsync(timeout, time, stop).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!read.IsCompleted)
        {
            await patience.CancelAsync().ConfigureAwait(false);
            Abandon(read);
            return new DriverReply.Failed(FailureKind.Transient, MissingReason.NoAnswer, $"no answer within {timeout.TotalMilliseconds} ms");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Abandon(read);
            throw;
        }
        catch (Exception e)
        {
            return new DriverReply.Failed(FailureKind.Faulted, MissingReason.BadAnswer, $"{e.GetType().Name}: {e.Message}");
        }
    }

    private void Abandon(Task<DriverReply> read)
    {
        _abandoned = read;
        read.ContinueWith(late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }
}
