using System.Device.I2c;

namespace Sensor.Edge.Tests.Support;

/// <summary>An I2C bus whose devices are functions; an address without one does not acknowledge. Like the machine's, it opens an address once.</summary>
internal sealed class SimulatedI2cBus : I2cBus
{
    private readonly Dictionary<int, (Action<byte[]> Written, Func<byte[]> Read)> _devices = [];
    private readonly HashSet<int> _open = [];

    /// <summary>Every write, in hexadecimal after its address: <c>48 01C383</c>.</summary>
    public List<string> Sent { get; } = [];

    /// <summary>Puts a device on the bus, or takes another's place.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="written">Takes what is written, also before a read in one transaction.</param>
    /// <param name="read">What a read gives; zeros follow it.</param>
    public SimulatedI2cBus With(int address, Action<byte[]> written, Func<byte[]> read)
    {
        _devices[address] = (written, read);
        return this;
    }

    /// <summary>Buses of a station whose bus <c>i2c</c> this is.</summary>
    public FakeBuses Buses => new() { I2c = _ => this };

    public override I2cDevice CreateDevice(int deviceAddress) => _open.Add(deviceAddress)
        ? new Device(this, deviceAddress)
        : throw new ArgumentException($"Device with address 0x{deviceAddress:X2} is already open.");

    public override void RemoveDevice(int deviceAddress) => _open.Remove(deviceAddress);

    private (Action<byte[]> Written, Func<byte[]> Read) Find(int address) =>
        _devices.TryGetValue(address, out var device) ? device : throw new IOException("Error 121 performing I2C data transfer.");

    private sealed class Device(SimulatedI2cBus bus, int address) : I2cDevice
    {
        public override I2cConnectionSettings ConnectionSettings => new(1, address);

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var device = bus.Find(address);
            bus.Sent.Add($"{address:X2} {Convert.ToHexString(buffer)}");
            device.Written(buffer.ToArray());
        }

        public override void Read(Span<byte> buffer)
        {
            var answer = bus.Find(address).Read();
            buffer.Clear();
            answer.AsSpan(0, Math.Min(answer.Length, buffer.Length)).CopyTo(buffer);
        }

        public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
        {
            Write(writeBuffer);
            Read(readBuffer);
        }

        protected override void Dispose(bool disposing)
        {
            bus.RemoveDevice(address);
            base.Dispose(disposing);
        }
    }
}
