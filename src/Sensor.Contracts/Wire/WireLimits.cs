namespace Sensor.Contracts.Wire;

/// <summary>The size limits of the wire; docs/wire.md states the same numbers.</summary>
public static class WireLimits
{
    /// <summary>The largest envelope, in bytes.</summary>
    public const int Envelope = 65_536;

    /// <summary>The largest MQTT message, in bytes.</summary>
    public const int Message = 1_048_576;

    /// <summary>The most envelopes in one MQTT message; more of the smallest would not fit anyway.</summary>
    public const int Envelopes = 4096;

    /// <summary>The largest envelope of a command, in bytes, so that a record can always embed it.</summary>
    public const int Command = 16_384;

    /// <summary>The longest content type, in characters.</summary>
    public const int ContentType = 64;

    /// <summary>The most readings in one record.</summary>
    public const int Readings = 256;

    /// <summary>The most ranges in one receipt.</summary>
    public const int Ranges = 16;

    /// <summary>The most operators whose receipts a record names.</summary>
    public const int Operators = 16;

    /// <summary>The most calibration points in one event.</summary>
    public const int Points = 16;

    /// <summary>The most arguments of one command.</summary>
    public const int Arguments = 16;

    /// <summary>The longest id of a deployment, station, operator or instrument, the longest kind of an event, the longest name of a command or argument, in bytes.</summary>
    public const int Name = 32;

    /// <summary>The longest unit and the longest source of a clock, in bytes.</summary>
    public const int Unit = 16;

    /// <summary>The longest raw signal, in bytes.</summary>
    public const int Raw = 128;

    /// <summary>The longest actor of an event, in bytes.</summary>
    public const int Actor = 64;

    /// <summary>The longest note, state before or after, and value of an argument, in bytes of UTF-8.</summary>
    public const int Note = 512;

    /// <summary>The most arrays and maps of a payload that enclose an item; a decimal counts as one item.</summary>
    public const int Depth = 8;
}
