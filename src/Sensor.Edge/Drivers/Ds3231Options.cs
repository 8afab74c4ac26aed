using Sensor.Contracts.Documents;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Drivers;

/// <summary>Options of the driver <c>ds3231</c>: the real-time clock that gives the date after a power cut.</summary>
public sealed record Ds3231Options : DriverOptions
{
    /// <summary>How far the clock may differ from the station's wall clock, 1 s to 1 d. The default is 5 s.</summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromSeconds(5);

    internal static Ds3231Options Read(StrictObject options, DriverContext context) => new()
    {
        Bus = context.Bus(options, typeof(I2cBusConfiguration)),
        Tolerance = InstrumentReader.Span(options, "tolerance", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)) ?? new Ds3231Options().Tolerance,
    };
}
