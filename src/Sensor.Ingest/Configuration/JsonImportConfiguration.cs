namespace Sensor.Ingest.Configuration;

/// <summary>A broker at which gateways of others publish plain JSON.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JsonImportConfiguration : ImportConfiguration
{
    /// <summary>The broker.</summary>
    public required ExternalBroker Connect { get; init; }

    /// <summary>The topic filter to which the ingest subscribes; it covers the topics of all messages.</summary>
    public required string Filter { get; init; }

    /// <summary>What is taken; a topic fits at most one of them.</summary>
    public required IReadOnlyList<JsonMessageConfiguration> Messages { get; init; }

    /// <summary>The bounds of what is taken at once.</summary>
    public JsonImportLimits Limits { get; init; } = new();

    internal override IEnumerable<string> StationIds => Messages.SelectMany(m => m.Stations.Values);
}

/// <summary>The bounds of what is taken from a broker of others at once.</summary>
public sealed record JsonImportLimits
{
    /// <summary>The largest message in bytes, 256 to 1,048,576. The default value is 65,536.</summary>
    public int MessageBytes { get; init; } = 65_536;

    /// <summary>The most readings of one message, 1 to 10,000. The default value is 1,000.</summary>
    public int Readings { get; init; } = 1000;

    /// <summary>How many messages the broker may hand over before the first is acknowledged, 1 to 65,535. The default value is 64.</summary>
    public int ReceiveMaximum { get; init; } = 64;
}
