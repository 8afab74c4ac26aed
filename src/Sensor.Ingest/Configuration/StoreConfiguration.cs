namespace Sensor.Ingest.Configuration;

/// <summary>Where evidence and observations are kept.</summary>
public abstract record StoreConfiguration;

/// <summary>In a file of the data directory; for one worker.</summary>
public sealed record SqliteStore : StoreConfiguration;

/// <summary>In PostgreSQL, which several workers may share.</summary>
public sealed record PostgresStore : StoreConfiguration
{
    /// <summary>Npgsql's connection string without the password, such as <c>Host=db;Database=waterwatch;Username=ingest</c>.</summary>
    public required string Connection { get; init; }

    /// <summary>The file whose text, without the line end, is the password; null for none.</summary>
    public string? PasswordFile { get; init; }
}
