namespace Sensor.Ingest.Projection;

/// <summary>The server did not do what it was asked; another try may help.</summary>
internal sealed class InfluxUnavailableException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>The server will never take these lines, or some of them.</summary>
/// <param name="message">What the server said.</param>
/// <param name="dropped">How many it says that it dropped; null where it does not say.</param>
internal sealed class PointsRefusedException(string message, int? dropped = null) : IOException(message)
{
    public int? Dropped { get; } = dropped;
}
