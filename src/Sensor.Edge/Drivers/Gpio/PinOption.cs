using System.Device.Gpio;
using Sensor.Contracts.Documents;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Drivers.Gpio;

/// <summary>The members <c>pin</c>, <c>pull</c> and <c>debounce</c> of a driver that uses a GPIO pin.</summary>
internal static class PinOption
{
    private static readonly string[] Pulls = ["up", "down", "none"];

    public static int Read(StrictObject options) => (int)options.Whole("pin", 0, 1023);

    public static PinPull Pull(StrictObject options) => (PinPull)Array.IndexOf(Pulls, options.Word("pull", Pulls, "up"));

    public static TimeSpan Debounce(StrictObject options, TimeSpan usual) =>
        InstrumentReader.Span(options, "debounce", TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10)) ?? usual;

    public static PinMode ModeOf(PinPull pull) => pull switch
    {
        PinPull.Up => PinMode.InputPullUp,
        PinPull.Down => PinMode.InputPullDown,
        _ => PinMode.Input,
    };
}
