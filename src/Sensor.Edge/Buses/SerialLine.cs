using System.IO.Ports;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Buses;

/// <summary>A serial port of the board or of a USB adapter.</summary>
internal sealed class SerialLine : IByteLine
{
    private readonly SerialPort _port;
    private readonly TimeProvider _time;

    /// <exception cref="IOException">The device cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The device is in use or may not be opened by this user.</exception>
    public SerialLine(SerialBusConfiguration bus, TimeProvider time)
    {
        _time = time;
        _port = new SerialPort(bus.Device, bus.Baud, ParityOf(bus.Parity), bus.DataBits, bus.StopBits == 2 ? StopBits.Two : StopBits.One);
        CharacterTime = TimeSpan.FromSeconds(1) * (1 + bus.DataBits + (bus.Parity == SerialParity.None ? 0 : 1) + bus.StopBits) / bus.Baud;
        try
        {
            _port.Open();
        }
        catch
        {
            _port.Dispose();
            throw;
        }
    }

    public TimeSpan CharacterTime { get; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await _port.BaseStream.WriteAsync(bytes, cancellation).ConfigureAwait(false);
        await _port.BaseStream.FlushAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var read = await _port.BaseStream.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        return read > 0 ? read : throw new IOException("the serial line was hung up");
    }

    public void Discard() => _port.DiscardInBuffer();

    public async Task BreakAsync(TimeSpan duration, CancellationToken cancellation)
    {
        _port.BreakState = true;
        try
        {
            await Task.Delay(duration, _time, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _port.BreakState = false;
        }
    }

    public ValueTask DisposeAsync()
    {
        _port.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Parity ParityOf(SerialParity parity) => parity switch
    {
        SerialParity.Even => Parity.Even,
        SerialParity.Odd => Parity.Odd,
        _ => Parity.None,
    };
}
