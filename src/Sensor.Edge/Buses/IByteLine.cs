namespace Sensor.Edge.Buses;

/// <summary>A line on which bytes go to instruments and come back.</summary>
/// <remarks>For one user at a time; <see cref="SharedLine"/> sees to that.</remarks>
internal interface IByteLine : IAsyncDisposable
{
    /// <summary>How long one character takes on the line; zero where that does not matter (TCP).</summary>
    TimeSpan CharacterTime { get; }

    /// <summary>Returns when every byte has been handed to the line.</summary>
    /// <exception cref="IOException">The line is broken.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Waits for bytes; returns how many came, at least one.</summary>
    /// <exception cref="IOException">The line is broken or was closed by the other side.</exception>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation);

    /// <summary>Throws away what has arrived and was not read, such as a late reply to an earlier question.</summary>
    /// <exception cref="IOException">The line is broken.</exception>
    void Discard();

    /// <summary>Holds the line in the break state for a time (SDI-12).</summary>
    /// <exception cref="NotSupportedException">The line is not serial.</exception>
    Task BreakAsync(TimeSpan duration, CancellationToken cancellation);
}
