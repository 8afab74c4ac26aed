namespace Sensor.Edge.Configuration;

/// <summary>Something that instruments are connected to; the type says what.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract record BusConfiguration
{
    private protected BusConfiguration()
    {
    }

    /// <summary>The bus, <c>[A-Za-z0-9._-]{1,32}</c>; instruments name it.</summary>
    public required string Id { get; init; }
}

/// <summary>A serial line: RS-485, RS-232 or an SDI-12 adapter.</summary>
public sealed record SerialBusConfiguration : BusConfiguration
{
    /// <summary>The device file, such as <c>/dev/ttyAMA0</c> or a stable name under <c>/dev/serial/by-id</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Bits per second, 300 to 921600. The default is 9600.</summary>
    public int Baud { get; init; } = 9600;

    /// <summary>Data bits, 7 or 8. The default is 8.</summary>
    public int DataBits { get; init; } = 8;

    /// <summary>The parity. The default is none.</summary>
    public SerialParity Parity { get; init; }

    /// <summary>Stop bits, 1 or 2. The default is 1.</summary>
    public int StopBits { get; init; } = 1;
}

/// <summary>The parity bit of a serial line.</summary>
public enum SerialParity
{
    /// <summary>No parity bit.</summary>
    None = 0,

    /// <summary>An even number of ones.</summary>
    Even = 1,

    /// <summary>An odd number of ones.</summary>
    Odd = 2,
}

/// <summary>A TCP connection: a Modbus TCP device, or a gateway that passes bytes on to a serial line.</summary>
public sealed record TcpBusConfiguration : BusConfiguration
{
    /// <summary>Host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The port, 1 to 65535.</summary>
    public required int Port { get; init; }
}

/// <summary>An I2C bus of the board.</summary>
public sealed record I2cBusConfiguration : BusConfiguration
{
    /// <summary>The number n of <c>/dev/i2c-n</c>, 0 to 255.</summary>
    public required int Number { get; init; }
}

/// <summary>A GPIO chip of the board.</summary>
public sealed record GpioBusConfiguration : BusConfiguration
{
    /// <summary>The number n of <c>/dev/gpiochipn</c>, 0 to 255.</summary>
    public required int Chip { get; init; }
}
