using Sensor.Contracts.Documents;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers.Gpio;

namespace Sensor.Edge.Drivers;

/// <summary>Options of the actuator <c>relay</c>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record RelayOptions
{
    /// <summary>The GPIO bus.</summary>
    public required string Bus { get; init; }

    /// <summary>The line number on its chip, 0 to 1023; on a Raspberry Pi the BCM number.</summary>
    public required int Pin { get; init; }

    /// <summary>Whether the relay is on while the pin is low. The default is false.</summary>
    public bool ActiveLow { get; init; }

    /// <summary>After this time it is switched off whatever was asked for, 1 s to 4 h.</summary>
    public required TimeSpan LongestOn { get; init; }

    internal static RelayOptions Read(StrictObject options, DriverContext context)
    {
        var (least, most) = (TimeSpan.FromSeconds(1), TimeSpan.FromHours(4));
        if (!options.Has("longestOn"))
        {
            options.Text("longestOn", expected: $"{Durations.Expected} from {Durations.Format(least)} to {Durations.Format(most)}");
        }

        return new RelayOptions
        {
            Bus = context.Bus(options, typeof(GpioBusConfiguration)),
            Pin = PinOption.Read(options),
            ActiveLow = options.Truth("activeLow", false),
            LongestOn = InstrumentReader.Span(options, "longestOn", least, most) ?? most,
        };
    }
}
