namespace Sensor.Ingest.Configuration;

/// <summary>Everything an ingest is told before it starts; docs/operator.md describes every member.</summary>
/// <remarks>Paths are absolute. Immutable and thread-safe.</remarks>
public sealed record IngestConfiguration
{
    /// <summary>The deployment whose records are taken, <c>[a-z0-9-]{1,32}</c>.</summary>
    public required string Deployment { get; init; }

    /// <summary>The id under which this ingest signs, <c>[a-z0-9-]{1,32}</c>.</summary>
    public required string Operator { get; init; }

    /// <summary>The jurisdiction for which it runs, <c>[a-z0-9-]{1,32}</c>; null where none is named.</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>The folder of the evidence log, the registry and the outcomes.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The PEM file of the operator's private key; made on the first start.</summary>
    public required string KeyFile { get; init; }

    /// <summary>The folder of the agreements, one <c>.json</c> file each; null where nothing is decided.</summary>
    public string? AgreementsDirectory { get; init; }

    /// <summary>The parties whose signatures are known here; without those of all its parties an agreement takes no determinations.</summary>
    public IReadOnlyList<PartyConfiguration> Parties { get; init; } = [];

    /// <summary>The other operators of the deployment, with whom records and outcomes are compared.</summary>
    public IReadOnlyList<PeerConfiguration> Peers { get; init; } = [];

    /// <summary>Where stations are heard.</summary>
    public required MqttConfiguration Mqtt { get; init; }

    /// <summary>Where evidence and observations are kept. The default value is a file of the data directory.</summary>
    public StoreConfiguration Store { get; init; } = new SqliteStore();

    /// <summary>Where the API and the pages are served.</summary>
    public HttpConfiguration Http { get; init; } = new();

    /// <summary>The InfluxDB that dashboards read; null where there is none.</summary>
    public InfluxConfiguration? Influx { get; init; }

    /// <summary>Folders of archive files to which bytes of old evidence were moved.</summary>
    public IReadOnlyList<string> Archive { get; init; } = [];

    /// <summary>Where traces are sent; null where nobody asks for them.</summary>
    public OtlpConfiguration? Otlp { get; init; }

    /// <summary>Where values come in that no station signed; this operator signs what they say.</summary>
    public IReadOnlyList<ImportConfiguration> Imports { get; init; } = [];

    /// <summary>What this operator wants to be told of while data come; null for nothing.</summary>
    public AlertConfiguration? Alerts { get; init; }

    /// <summary>The bounds of what is taken at once.</summary>
    public LimitsConfiguration Limits { get; init; } = new();
}

/// <summary>Where the API and the pages are served.</summary>
public sealed record HttpConfiguration
{
    /// <summary>The IP address to listen on. The default value is 127.0.0.1.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The TCP port, 0 to 65535; 0 takes any free one. The default value is 8080.</summary>
    public int Port { get; init; } = 8080;
}

/// <summary>The bounds of what is taken at once.</summary>
public sealed record LimitsConfiguration
{
    /// <summary>The largest MQTT message in bytes, 65,536 to 1,048,576. The default value is 1,048,576.</summary>
    public int MessageBytes { get; init; } = Contracts.Wire.WireLimits.Message;

    /// <summary>How many messages a broker may hand over before the first is acknowledged, 1 to 65,535. The default value is 256.</summary>
    public int ReceiveMaximum { get; init; } = 256;

    /// <summary>How much one station may send.</summary>
    public StationLimits Station { get; init; } = new();
}
