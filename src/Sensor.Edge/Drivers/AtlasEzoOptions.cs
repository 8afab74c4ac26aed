using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Buses;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers.Analogue;
using Sensor.Edge.Drivers.Ezo;

namespace Sensor.Edge.Drivers;

/// <summary>Options of the driver <c>atlas-ezo</c>: an Atlas Scientific EZO circuit.</summary>
public sealed record AtlasEzoOptions : DriverOptions
{
    /// <summary>The kind of circuit: pH, DO, EC, ORP or RTD.</summary>
    public required string Type { get; init; }

    /// <summary>The address.</summary>
    public required int Address { get; init; }

    /// <summary>National factor code.</summary>
    public required string Parameter { get; init; }

    /// <summary>UCUM unit.</summary>
    public required string Unit { get; init; }

    /// <summary>The temperature that each reading is compensated for, in Cel; null leaves it to the circuit.</summary>
    public MeasuredValue? Temperature { get; init; }

    /// <summary>How many numbers the circuit answers.</summary>
    public int Fields { get; init; } = 1;

    /// <summary>Which of them is the reading, from 1.</summary>
    public int Field { get; init; } = 1;

    /// <summary>How long the circuit usually works on a reading.</summary>
    public TimeSpan Processing { get; init; } = TimeSpan.FromSeconds(1);

    internal static AtlasEzoOptions Read(StrictObject options, DriverContext context)
    {
        var kind = EzoKind.Of(options.Word("type", [.. EzoKind.All.Select(k => k.Name)]));
        var parameter = ParameterOption.Read(options, kind.Parameter);
        var fields = (int)options.Whole("fields", 1, 4, 1);
        return new AtlasEzoOptions
        {
            Bus = context.Bus(options, typeof(I2cBusConfiguration)),
            Type = kind.Name,
            Address = I2cAddress.Read(options, kind.Address),
            Parameter = parameter,
            Unit = ParameterOption.Unit(options, parameter, kind.Unit),
            Temperature = ReadTemperature(options, kind),
            Fields = fields,
            Field = (int)options.Whole("field", 1, fields, 1),
            Processing = InstrumentReader.Span(options, "processing", TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10)) ?? TimeSpan.FromSeconds(1),
        };
    }

    private static MeasuredValue? ReadTemperature(StrictObject options, EzoKind kind)
    {
        var temperature = DecimalOption.ReadOptional(options, "temperature", "in Cel", "0", "100");
        if (temperature is not null && kind.Name is ("ORP" or "RTD"))
        {
            options.Problem("temperature", $"a circuit of type {kind.Name} has no temperature compensation", "Remove temperature");
        }

        return temperature;
    }
}
