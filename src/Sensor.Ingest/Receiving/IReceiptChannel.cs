namespace Sensor.Ingest.Receiving;

/// <summary>The way back to the stations.</summary>
internal interface IReceiptChannel
{
    /// <summary>Publishes a retained message with QoS 1.</summary>
    /// <exception cref="Exception">The message did not leave; the caller tries again later.</exception>
    Task PublishRetainedAsync(string topic, byte[] payload, CancellationToken stop);
}

/// <summary>A place where stations are heard.</summary>
internal interface IStationListener : IReceiptChannel, IAsyncDisposable
{
    /// <summary>Begins to listen.</summary>
    Task StartAsync(CancellationToken stop);

    /// <summary>Stops taking messages; returns when the last acknowledgement has left.</summary>
    Task StopAsync();

    /// <summary>Whether stations can be heard now.</summary>
    bool Connected { get; }
}
