using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Buses;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers.Analogue;

namespace Sensor.Edge.Drivers;

/// <summary>Options of the driver <c>ina219</c>: the station's supply.</summary>
public sealed record Ina219Options : DriverOptions
{
    /// <summary>The address, 0x40 to 0x4F.</summary>
    public int Address { get; init; } = 0x40;

    /// <summary>The shunt in ohms.</summary>
    public MeasuredValue Shunt { get; init; } = new(1, -1);

    /// <summary>Below it mains are lost, in volts; null for a station without mains.</summary>
    public MeasuredValue? MainsLostBelow { get; init; }

    /// <summary>From it mains are back, in volts; given together with <see cref="MainsLostBelow"/>.</summary>
    public MeasuredValue? MainsBackFrom { get; init; }

    /// <summary>Below it the battery is low, in volts.</summary>
    public required MeasuredValue BatteryLowBelow { get; init; }

    /// <summary>From it the battery is no longer low, in volts.</summary>
    public required MeasuredValue BatteryOkFrom { get; init; }

    internal static Ina219Options Read(StrictObject options, DriverContext context)
    {
        var read = new Ina219Options
        {
            Bus = context.Bus(options, typeof(I2cBusConfiguration)),
            Address = I2cAddress.Read(options, 0x40, 0x40, 0x4F),
            Shunt = DecimalOption.ReadOptional(options, "shunt", "in ohms", "0.0001", "100") ?? new MeasuredValue(1, -1),
            MainsLostBelow = DecimalOption.ReadOptional(options, "mainsLostBelow", "in volts", "0", "32"),
            MainsBackFrom = DecimalOption.ReadOptional(options, "mainsBackFrom", "in volts", "0", "32"),
            BatteryLowBelow = DecimalOption.Read(options, "batteryLowBelow", "in volts", "0", "32"),
            BatteryOkFrom = DecimalOption.Read(options, "batteryOkFrom", "in volts", "0", "32"),
        };
        if (options.Has("mainsLostBelow") != options.Has("mainsBackFrom"))
        {
            options.Problem(options.Has("mainsLostBelow") ? "mainsBackFrom" : "mainsLostBelow", "is missing", "Give mainsLostBelow and mainsBackFrom together, or neither");
        }

        Rises(options, "mainsBackFrom", read.MainsLostBelow, read.MainsBackFrom);
        Rises(options, "batteryOkFrom", options.Has("batteryLowBelow") ? read.BatteryLowBelow : null, options.Has("batteryOkFrom") ? read.BatteryOkFrom : null);
        return read;
    }

    private static void Rises(StrictObject options, string member, MeasuredValue? lost, MeasuredValue? back)
    {
        if (lost is { } low && back is { } high && DecimalOption.IsLess(high, low))
        {
            options.Problem(member, $"{high} lies below {low}, at which the opposite is said", "Give at least the lower threshold; some tenths of a volt more keep a wavering supply from making events");
        }
    }
}
