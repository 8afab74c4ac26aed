using Iot.Device.Ads1115;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers.Analogue;

namespace Sensor.Edge.Drivers;

/// <summary>Options of the driver <c>ads1115</c>: an analogue probe on one channel of a converter.</summary>
public sealed record Ads1115Options : DriverOptions
{
    private static readonly string[] Inputs = ["0-1", "0-3", "1-3", "2-3", "0", "1", "2", "3"];
    private static readonly string[] Ranges = ["6.144", "4.096", "2.048", "1.024", "0.512", "0.256"];

    /// <summary>The address, 0x48 to 0x4B.</summary>
    public int Address { get; init; } = 0x48;

    /// <summary>The pin, or the pair of pins whose difference is measured.</summary>
    public required InputMultiplexer Input { get; init; }

    /// <summary>The full scale.</summary>
    public MeasuringRange Range { get; init; } = MeasuringRange.FS2048;

    /// <summary>National factor code.</summary>
    public required string Parameter { get; init; }

    /// <summary>UCUM unit.</summary>
    public required string Unit { get; init; }

    /// <summary>At least two points with rising signals.</summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>Decimals of the value, 0 to 12.</summary>
    public required int Decimals { get; init; }

    /// <summary>How many conversions the median is of; odd.</summary>
    public int Conversions { get; init; } = 9;

    /// <summary>Temperature compensation, for pH only.</summary>
    public Compensation? Compensation { get; init; }

    internal static Ads1115Options Read(StrictObject options, DriverContext context)
    {
        var parameter = ParameterOption.Read(options);
        var read = new Ads1115Options
        {
            Bus = context.Bus(options, typeof(I2cBusConfiguration)),
            Address = Buses.I2cAddress.Read(options, 0x48, 0x48, 0x4B),
            Input = (InputMultiplexer)Array.IndexOf(Inputs, options.Word("channel", Inputs)),
            Range = (MeasuringRange)Array.IndexOf(Ranges, options.Word("range", Ranges, "2.048")),
            Parameter = parameter,
            Unit = ParameterOption.Unit(options, parameter),
            Curve = SignalCurve.Read(options),
            Decimals = (int)options.Whole("decimals", 0, 12),
            Conversions = (int)options.Whole("conversions", 1, 99, 9),
            Compensation = Compensation.Read(options),
        };
        Check(options, read);
        return read;
    }

    private static void Check(StrictObject options, Ads1115Options read)
    {
        if (read.Conversions % 2 == 0)
        {
            options.Problem("conversions", $"{read.Conversions} is even, so no conversion is in the middle", "Give an odd number");
        }

        if (read.Compensation is not null && read.Parameter != ParameterCatalogue.PH)
        {
            options.Problem("compensation", "follows the slope of a pH electrode and fits no other parameter", $"Remove it, or correct parameter to {ParameterCatalogue.PH}");
        }
    }
}
