using System.Device.Gpio;
using System.Device.I2c;
using Sensor.Edge.Buses;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Tests.Support;

/// <summary>Simulated buses in the place of the machine's.</summary>
internal sealed class FakeBuses : IBusHardware
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Opens a line; throws what the machine would.</summary>
    public Func<BusConfiguration, IByteLine> Line { get; init; } = _ => throw new IOException("no such device");

    public Func<int, I2cBus> I2c { get; init; } = _ => throw new IOException("no such device");

    public Func<int, GpioController> Gpio { get; init; } = _ => throw new IOException("no such device");

    public Task<IByteLine> OpenLineAsync(BusConfiguration bus, CancellationToken cancellation) => Task.FromResult(Line(bus));

    public I2cBus OpenI2c(I2cBusConfiguration bus) => I2c(bus.Number);

    public GpioController OpenGpio(GpioBusConfiguration bus) => Gpio(bus.Chip);

    /// <summary>The tools of an instrument on a station that has one bus of each type, whose ids are serial, tcp, i2c and gpio.</summary>
    public DriverTools Tools(TimeProvider? time = null, string instrument = "probe") =>
        new(instrument, Timeout, new StationBuses(Configured, this), time ?? TimeProvider.System);

    /// <summary>The buses of <see cref="Tools"/>.</summary>
    public static IReadOnlyList<BusConfiguration> Configured { get; } =
    [
        new SerialBusConfiguration { Id = "serial", Device = "/dev/ttyS0" },
        new TcpBusConfiguration { Id = "tcp", Host = "127.0.0.1", Port = 502 },
        new I2cBusConfiguration { Id = "i2c", Number = 1 },
        new GpioBusConfiguration { Id = "gpio", Chip = 0 },
    ];
}
