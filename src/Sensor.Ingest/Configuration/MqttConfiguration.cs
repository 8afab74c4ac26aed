namespace Sensor.Ingest.Configuration;

/// <summary>Where stations are heard: at a broker of our own or at another one.</summary>
public abstract record MqttConfiguration;

/// <summary>The ingest hosts the broker itself; for one worker on one machine.</summary>
public sealed record HostedBroker : MqttConfiguration
{
    /// <summary>The IP address to listen on. The default value is 127.0.0.1.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The TCP port, 1 to 65535. The default value is 1883.</summary>
    public int Port { get; init; } = 1883;
}

/// <summary>The ingest connects to a broker that somebody else runs.</summary>
public sealed record ExternalBroker : MqttConfiguration
{
    /// <summary>The broker's host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The broker's TCP port, 1 to 65535. The default value is 1883.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>Whether to speak TLS, with the system's certificate authorities. The default value is false.</summary>
    public bool Tls { get; init; }

    /// <summary>The user name; null for none.</summary>
    public string? Username { get; init; }

    /// <summary>The file whose text, without the line end, is the password; null for none.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The name under which several workers share what comes (MQTT 5 shared subscription); null for none.</summary>
    public string? Share { get; init; }

    /// <summary>What the client ids begin with; the broker keeps the undelivered messages under them. The default value is waterwatch-ingest-{operator}.</summary>
    public required string ClientId { get; init; }

    /// <summary>Where these settings stand in the configuration file, for messages. The default value is mqtt.connect.</summary>
    public string Place { get; init; } = "mqtt.connect";
}
