namespace Sensor.Ingest.Projection;

/// <summary>One complete copy of the observations in InfluxDB, under measurements of its own.</summary>
/// <param name="Number">From 1; never used twice.</param>
/// <param name="Marker">A random text that stands in the server too: where it is gone, the server is not the one that was filled.</param>
/// <param name="Taken">The last index of the evidence that is noted locally; -1 for none.</param>
/// <param name="Written">The last index of which the server has confirmed everything; -1 for none.</param>
internal sealed record Generation(long Number, string Marker, long Taken, long Written)
{
    /// <summary>The measurement of what stands.</summary>
    public string Observations => $"observation_g{Number}";

    /// <summary>The measurement of what was superseded.</summary>
    public string Superseded => $"superseded_g{Number}";
}
