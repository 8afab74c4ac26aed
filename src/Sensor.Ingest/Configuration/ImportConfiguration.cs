namespace Sensor.Ingest.Configuration;

/// <summary>A way in which measured values come in that no station signed; this operator signs them.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract record ImportConfiguration
{
    /// <summary>The stations as which its values are recorded.</summary>
    internal abstract IEnumerable<string> StationIds { get; }
}
