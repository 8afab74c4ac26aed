namespace Sensor.Edge.Tests.Support;

/// <summary>A device with registers of 16 bits, the high byte first, and a pointer to one of them.</summary>
internal sealed class WordRegisters
{
    private byte _pointer;

    /// <summary>The contents by register.</summary>
    public Dictionary<byte, ushort> Content { get; } = [];

    /// <summary>What a register gives when it is read; by default its content.</summary>
    public Func<byte, ushort>? OnRead { get; init; }

    /// <summary>What happens when a register is written.</summary>
    public Action<byte, ushort>? OnWrite { get; init; }

    public SimulatedI2cBus On(SimulatedI2cBus bus, int address) => bus.With(address, Written, Read);

    private void Written(byte[] bytes)
    {
        _pointer = bytes[0];
        if (bytes.Length == 3)
        {
            Content[_pointer] = (ushort)((bytes[1] << 8) | bytes[2]);
            OnWrite?.Invoke(_pointer, Content[_pointer]);
        }
    }

    private byte[] Read()
    {
        var word = OnRead?.Invoke(_pointer) ?? Content[_pointer];
        return [(byte)(word >> 8), (byte)(word & 0xFF)];
    }
}
