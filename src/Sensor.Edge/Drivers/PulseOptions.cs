using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers.Analogue;
using Sensor.Edge.Drivers.Gpio;

namespace Sensor.Edge.Drivers;

/// <summary>Options of the driver <c>pulse</c>: a rain gauge, flow meter or other source of pulses.</summary>
public sealed record PulseOptions : DriverOptions
{
    /// <summary>The line number on its chip, 0 to 1023; on a Raspberry Pi the BCM number.</summary>
    public int Pin { get; init; }

    /// <summary>What holds the pin between two pulses. The default is the pull-up of the board.</summary>
    public PinPull Pull { get; init; } = PinPull.Up;

    /// <summary>Whether a pulse begins when the pin rises. The default follows from the pull: false except for a pull-down.</summary>
    public bool Rising { get; init; }

    /// <summary>After a counted pulse, the time within which another is rejected, 1 ms to 10 s. The default is 10 ms.</summary>
    public TimeSpan Debounce { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>National factor code of the reading.</summary>
    public required string Parameter { get; init; }

    /// <summary>UCUM unit of the reading.</summary>
    public required string Unit { get; init; }

    /// <summary>What one pulse stands for, in <see cref="Unit"/>.</summary>
    public required MeasuredValue PerPulse { get; init; }

    internal static PulseOptions Read(StrictObject options, DriverContext context)
    {
        var parameter = ParameterOption.Read(options);
        var pull = PinOption.Pull(options);
        return new PulseOptions
        {
            Bus = context.Bus(options, typeof(GpioBusConfiguration)),
            Pin = PinOption.Read(options),
            Pull = pull,
            Rising = options.Word("edge", ["falling", "rising"], pull == PinPull.Down ? "rising" : "falling") == "rising",
            Debounce = PinOption.Debounce(options, TimeSpan.FromMilliseconds(10)),
            Parameter = parameter,
            Unit = ParameterOption.Unit(options, parameter),
            PerPulse = DecimalOption.Read(options, "perPulse", "that one pulse stands for", "0.000000000001"),
        };
    }
}
