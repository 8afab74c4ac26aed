using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers.Analogue;

namespace Sensor.Edge.Drivers;

/// <summary>Options of the driver <c>ultrasonic</c>: a distance sensor above the water.</summary>
public sealed record UltrasonicOptions : DriverOptions
{
    internal const string Unit = "m";

    /// <summary>National factor code of the level, in m.</summary>
    public required string Parameter { get; init; }

    /// <summary>How high the sensor's face is above the zero of the level, in m.</summary>
    public required MeasuredValue Height { get; init; }

    /// <summary>The least distance that counts, in m; nearer lies the dead zone.</summary>
    public required MeasuredValue Nearest { get; init; }

    /// <summary>The greatest distance that counts, in m.</summary>
    public required MeasuredValue Farthest { get; init; }

    /// <summary>How many echoes the median is of; odd, 1 to 99. The default is 9.</summary>
    public int Echoes { get; init; } = 9;

    /// <summary>Whether each echo has to be asked for with the byte 0x55.</summary>
    public bool Trigger { get; init; }

    internal static UltrasonicOptions Read(StrictObject options, DriverContext context)
    {
        var read = new UltrasonicOptions
        {
            Bus = context.Bus(options, typeof(SerialBusConfiguration), typeof(TcpBusConfiguration)),
            Parameter = ParameterOption.Read(options),
            Height = DecimalOption.Read(options, "height", "in m", "-1000", "10000"),
            Nearest = DecimalOption.Read(options, "nearest", "in m", "0.001", "65.535"),
            Farthest = DecimalOption.Read(options, "farthest", "in m", "0.001", "65.535"),
            Echoes = (int)options.Whole("echoes", 1, 99, 9),
            Trigger = options.Truth("trigger", false),
        };
        Check(options, read);
        return read;
    }

    /// <summary>Whether an echo of so many millimetres counts.</summary>
    internal bool Counts(int distance)
    {
        var measured = new MeasuredValue(distance, -3);
        return !DecimalOption.IsLess(measured, Nearest) && !DecimalOption.IsLess(Farthest, measured);
    }

    private static void Check(StrictObject options, UltrasonicOptions read)
    {
        if (read.Echoes % 2 == 0)
        {
            options.Problem("echoes", $"{read.Echoes} is even, so no echo is in the middle", "Give an odd number");
        }

        if (read.Farthest.Mantissa != 0 && !DecimalOption.IsLess(read.Nearest, read.Farthest))
        {
            options.Problem("farthest", $"{read.Farthest} is not more than the nearest distance {read.Nearest}", "Take both from the sensor's datasheet");
        }

        if (ParameterCatalogue.Find(read.Parameter) is { } known && known.Unit != Unit)
        {
            options.Problem("parameter", $"{read.Parameter} travels in {known.Unit}, and a level is in {Unit}", "Give the code that the parties agreed on for the level");
        }
    }
}
