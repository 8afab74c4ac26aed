namespace Sensor.Contracts.Wire;

/// <summary>The size limits of the wire; docs/wire.md states the same numbers.</summary>
public static class WireLimits
{
    /// <summary>The largest envelope, in bytes.</summary>
    public const int Envelope = 65_536;

    /// <summary>The largest MQTT message, in bytes.</summary>
    public const int Message = 1_048_576;

    /// <summary>The most readings in one record.</summary>
    public const int Readings = 256;

    /// <summary>The most ranges in one receipt.</summary>
    public const int Ranges = 16;

    /// <summary>The most operators whose receipts a record names.</summary>
    public const int Operators = 16;

    /// <summary>How deep payloads may nest.</summary>
    public const int Depth = 8;
}
