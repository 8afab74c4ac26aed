namespace Sensor.Edge.Drivers;

/// <summary>The options of an instrument's driver; the type says which driver it is.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract record DriverOptions
{
    private protected DriverOptions()
    {
    }

    /// <summary>The bus that the instrument is connected to, or null.</summary>
    public string? Bus { get; init; }
}

/// <summary>Options of the driver <c>replay</c>: recorded observations are signed and sent as they stand.</summary>
public sealed record ReplayOptions : DriverOptions
{
    /// <summary>The CSV file of observations of one section.</summary>
    public required string File { get; init; }

    /// <summary>Records per second, 0 to 1000. The default 0 means as fast as the outbox takes them.</summary>
    public int Rate { get; init; }
}

/// <summary>Options of the driver <c>simulated</c>: invented water with a daily rhythm.</summary>
public sealed record SimulatedOptions : DriverOptions
{
    /// <summary>What makes one simulated water differ from another, from 0. The default is 1.</summary>
    public long Seed { get; init; } = 1;
}
