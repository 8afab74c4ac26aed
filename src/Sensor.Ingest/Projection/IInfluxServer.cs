using Sensor.Contracts;

namespace Sensor.Ingest.Projection;

/// <summary>The few things that are asked of an InfluxDB.</summary>
/// <remarks>Every member throws <see cref="InfluxUnavailableException"/> when the server does not do it. Thread-safe.</remarks>
internal interface IInfluxServer : IDisposable
{
    /// <summary>Makes the database where it is missing and the user may make one.</summary>
    Task PrepareAsync(CancellationToken stop);

    /// <summary>Writes lines with timestamps in milliseconds; returns when the server has confirmed them.</summary>
    /// <exception cref="PointsRefusedException">The server will never take some of them.</exception>
    Task WriteAsync(IReadOnlyList<string> lines, CancellationToken stop);

    /// <summary>Deletes the points of a measurement that carry all these tags, at one moment or at all.</summary>
    Task DeleteAsync(string measurement, IReadOnlyList<(string Name, string Value)> tags, Instant? at, CancellationToken stop);

    /// <summary>The answer to a question in InfluxQL; where the database is missing, no series.</summary>
    Task<IReadOnlyList<InfluxSeries>> QueryAsync(string question, CancellationToken stop);
}
