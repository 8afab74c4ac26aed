namespace Sensor.Edge.Drivers;

/// <summary>Options of the driver <c>ds18b20</c>: a temperature probe on the kernel's 1-Wire bus.</summary>
public sealed record Ds18b20Options : DriverOptions
{
    /// <summary>The probe, as the kernel names its folder: <c>28-</c> and twelve small hexadecimal digits.</summary>
    public required string Device { get; init; }

    /// <summary>The kernel's folder of probes. The default is <c>/sys/bus/w1/devices</c>.</summary>
    public string Folder { get; init; } = "/sys/bus/w1/devices";

    /// <summary>National factor code of the reading. The default is water temperature.</summary>
    public string Parameter { get; init; } = Contracts.ParameterCatalogue.Temperature;
}
