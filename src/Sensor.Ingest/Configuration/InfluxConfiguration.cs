namespace Sensor.Ingest.Configuration;

/// <summary>An InfluxDB to which observations are copied for dashboards. Nothing is ever read from it for a decision.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract record InfluxConfiguration
{
    /// <summary>The server's address, http or https.</summary>
    public required Uri Url { get; init; }
}

/// <summary>InfluxDB 1: <c>/write</c> and <c>/query</c>, with a user and a password or with neither.</summary>
public sealed record InfluxV1Configuration : InfluxConfiguration
{
    /// <summary>The database, of this ingest alone.</summary>
    public required string Database { get; init; }

    /// <summary>The user; null for none.</summary>
    public string? User { get; init; }

    /// <summary>The file whose text, without the line end, is the password; null for none.</summary>
    public string? PasswordFile { get; init; }
}

/// <summary>InfluxDB 2, or 1.8 with its newer addresses: <c>/api/v2/write</c>, with a token.</summary>
public sealed record InfluxV2Configuration : InfluxConfiguration
{
    /// <summary>The bucket, of this ingest alone.</summary>
    public required string Bucket { get; init; }

    /// <summary>The organisation that owns the bucket.</summary>
    public required string Organisation { get; init; }

    /// <summary>The file whose text, without the line end, is the token.</summary>
    public required string TokenFile { get; init; }
}
