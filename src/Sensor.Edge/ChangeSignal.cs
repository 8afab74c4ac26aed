namespace Sensor.Edge;

/// <summary>Wakes everyone who waits for something to change; nobody misses a change who took <see cref="Next"/> before looking.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Completes at the next <see cref="Raise"/>.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
