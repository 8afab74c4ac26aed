namespace Sensor.Edge.Drivers;

/// <summary>Something that is on or off. It is off before the first use, after disposal, after any failure, and after the longest time that it may be on.</summary>
/// <remarks>Thread-safe.</remarks>
internal interface IActuator : IAsyncDisposable
{
    /// <summary>Whether it was told to be on and has not been switched off since, by whomever.</summary>
    bool IsOn { get; }

    /// <summary>Switches it on; its longest time begins.</summary>
    /// <exception cref="Buses.BusException">It cannot be switched.</exception>
    Task OnAsync(CancellationToken cancellation);

    /// <summary>Switches it off, whatever it was.</summary>
    /// <exception cref="Buses.BusException">It cannot be switched.</exception>
    Task OffAsync();
}
