using Sensor.Contracts.Documents;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers.Gpio;

namespace Sensor.Edge.Drivers;

/// <summary>Options of every driver of a contact between a GPIO pin and GND or supply.</summary>
public abstract record ContactOptions : DriverOptions
{
    private protected ContactOptions()
    {
    }

    /// <summary>The line number on its chip, 0 to 1023; on a Raspberry Pi the BCM number.</summary>
    public int Pin { get; init; }

    /// <summary>What holds the pin while the contact is open. The default is the pull-up of the board.</summary>
    public PinPull Pull { get; init; } = PinPull.Up;

    /// <summary>Whether a closed contact makes the pin low. The default follows from the pull: true except for a pull-down.</summary>
    public bool ClosedLow { get; init; } = true;

    /// <summary>How long the contact must be at rest before its state counts, 1 ms to 10 s. The default is 50 ms.</summary>
    public TimeSpan Debounce { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The same options with the members that all contacts have.</summary>
    internal static T Read<T>(T own, StrictObject options, DriverContext context)
        where T : ContactOptions
    {
        ContactOptions shared = own;
        var pull = PinOption.Pull(options);
        return (T)(shared with
        {
            Bus = context.Bus(options, typeof(GpioBusConfiguration)),
            Pin = PinOption.Read(options),
            Pull = pull,
            ClosedLow = options.Truth("closedLow", pull != PinPull.Down),
            Debounce = PinOption.Debounce(options, TimeSpan.FromMilliseconds(50)),
        });
    }
}

/// <summary>What holds an input pin while nothing drives it.</summary>
public enum PinPull
{
    /// <summary>The pull-up of the board.</summary>
    Up = 0,

    /// <summary>The pull-down of the board.</summary>
    Down = 1,

    /// <summary>A resistor outside the board.</summary>
    None = 2,
}
