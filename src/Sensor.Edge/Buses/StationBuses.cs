using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using System.Device.I2c;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Buses;

/// <summary>The buses of a station, by id. Nothing is opened before an instrument uses it.</summary>
/// <remarks>Thread-safe; dispose it after every driver.</remarks>
internal sealed class StationBuses(IReadOnlyList<BusConfiguration> configured, IBusHardware hardware) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SharedLine> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SharedI2cDevice> _i2cDevices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, I2cBus> _i2c = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GpioController> _gpio = new(StringComparer.Ordinal);

    /// <summary>A serial line or TCP connection.</summary>
    public SharedLine Line(string id) => Once(_lines, id, bus => new SharedLine($"bus {id}", cancellation => hardware.OpenLineAsync(bus, cancellation)));

    /// <summary>An I2C bus, on which devices are made by their address.</summary>
    /// <exception cref="Exception">Whatever the platform throws when the bus is not there; a driver opens it in its read.</exception>
    public I2cBus I2c(string id) => Once(_i2c, id, bus => hardware.OpenI2c((I2cBusConfiguration)bus));

    /// <summary>A device of an I2C bus, which its instruments share.</summary>
    public SharedI2cDevice I2cDevice(string id, int address)
    {
        var name = $"bus {id}, address {I2cAddress.Format(address)}";
        lock (_gate)
        {
            return _i2cDevices.TryGetValue(name, out var known) ? known : _i2cDevices[name] = new SharedI2cDevice(name, () => I2c(id).CreateDevice(address));
        }
    }

    /// <summary>A GPIO chip; every user opens its own pins.</summary>
    /// <inheritdoc cref="I2c"/>
    public GpioController Gpio(string id) => Once(_gpio, id, bus => hardware.OpenGpio((GpioBusConfiguration)bus));

    public async ValueTask DisposeAsync()
    {
        foreach (var line in _lines.Values)
        {
            await line.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var device in _i2cDevices.Values.Concat<IDisposable>(_i2c.Values).Concat(_gpio.Values))
        {
            device.Dispose();
        }
    }

    private T Once<T>(Dictionary<string, T> known, string id, Func<BusConfiguration, T> make)
    {
        lock (_gate)
        {
            return known.TryGetValue(id, out var value) ? value : known[id] = make(configured.Single(bus => bus.Id == id));
        }
    }
}

/// <summary>Opens the buses of the machine; a test puts simulated ones in its place.</summary>
internal interface IBusHardware
{
    /// <exception cref="IOException">It cannot be opened now.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    Task<IByteLine> OpenLineAsync(BusConfiguration bus, CancellationToken cancellation);

    I2cBus OpenI2c(I2cBusConfiguration bus);

    GpioController OpenGpio(GpioBusConfiguration bus);
}

/// <summary>The buses of a Linux machine.</summary>
internal sealed class LinuxBuses(TimeProvider time) : IBusHardware
{
    public Task<IByteLine> OpenLineAsync(BusConfiguration bus, CancellationToken cancellation) => bus switch
    {
        TcpBusConfiguration tcp => TcpLine.ConnectAsync(tcp, cancellation),
        SerialBusConfiguration serial => Task.FromResult<IByteLine>(new SerialLine(serial, time)),
        _ => throw new InvalidOperationException($"the bus {bus.Id} carries no bytes"),
    };

    public I2cBus OpenI2c(I2cBusConfiguration bus) => I2cBus.Create(bus.Number);

    public GpioController OpenGpio(GpioBusConfiguration bus) => new(new LibGpiodDriver(bus.Chip));
}
