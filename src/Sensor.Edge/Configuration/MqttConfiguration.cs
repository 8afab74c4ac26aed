namespace Sensor.Edge.Configuration;

/// <summary>The broker to which a station publishes.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record MqttConfiguration
{
    /// <summary>Host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port, 1 to 65535. The file's default is 8883 with TLS and 1883 without.</summary>
    public required int Port { get; init; }

    /// <summary>TLS, or null for a plain connection.</summary>
    public TlsConfiguration? Tls { get; init; }

    /// <summary>The user name, or null for none.</summary>
    public string? Username { get; init; }

    /// <summary>The file that holds the password; read at each connection, so that a changed password needs no restart.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The client id; null means the station's id. Two clients of one id throw each other out.</summary>
    public string? ClientId { get; init; }
}

/// <summary>TLS towards the broker. The broker's certificate is always checked.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record TlsConfiguration
{
    /// <summary>PEM certificates of the authorities to trust instead of the system's; null for the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM certificate of the station for mutual TLS.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM private key that belongs to <see cref="CertificateFile"/>.</summary>
    public string? CertificateKeyFile { get; init; }
}
