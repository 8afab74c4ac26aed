using Sensor.Edge.Buses;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Sampling;

/// <summary>An actuator that the plans of several instruments may need at once: it is on while anyone holds it, and nobody waits for another.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SharedActuator(string id, IActuator actuator) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _holders;

    public string Id => id;

    /// <summary>Switches it on where it is not.</summary>
    /// <exception cref="BusException">It cannot be switched on, or was on for its longest time while others still hold it.</exception>
    public async Task<Hold> HoldAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_holders == 0)
            {
                await actuator.OnAsync(cancellation).ConfigureAwait(false);
            }

            RequireOn();
            _holders++;
            return new Hold(this);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Switches it off; for a start, before which it may have been left on.</summary>
    /// <exception cref="BusException">It cannot be switched.</exception>
    public Task OffAsync() => actuator.OffAsync();

    public ValueTask DisposeAsync() => actuator.DisposeAsync();

    private void RequireOn()
    {
        if (!actuator.IsOn)
        {
            throw new BusException(FailureKind.Faulted, "it was switched off, because it failed or was on for its longest time");
        }
    }

    private async Task ReleaseAsync()
    {
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (--_holders == 0)
            {
                await actuator.OffAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Keeps the actuator on until it is released.</summary>
    internal sealed class Hold(SharedActuator owner)
    {
        /// <exception cref="BusException">It is off although it is held.</exception>
        public void RequireOn() => owner.RequireOn();

        /// <summary>The last one to release switches off.</summary>
        /// <exception cref="BusException">It cannot be switched off.</exception>
        public Task ReleaseAsync() => owner.ReleaseAsync();
    }
}
