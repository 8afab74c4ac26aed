using System.Net.Sockets;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Buses;

/// <summary>A TCP connection to an instrument or to a gateway in front of a serial line.</summary>
internal sealed class TcpLine : IByteLine
{
    private readonly Socket _socket;

    /// <summary>A connection that is open.</summary>
    public TcpLine(Socket socket) => _socket = socket;

    public TimeSpan CharacterTime => TimeSpan.Zero;

    /// <exception cref="IOException">Nobody answers there.</exception>
    public static async Task<IByteLine> ConnectAsync(TcpBusConfiguration bus, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(bus.Host, bus.Port, cancellation).ConfigureAwait(false);
            return new TcpLine(socket);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException(e.Message, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            for (var left = bytes; left.Length > 0;)
            {
                left = left[await _socket.SendAsync(left, cancellation).ConfigureAwait(false)..];
            }
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            var read = await _socket.ReceiveAsync(buffer, cancellation).ConfigureAwait(false);
            return read > 0 ? read : throw new IOException("the other side closed the connection");
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public void Discard()
    {
        try
        {
            var scrap = new byte[1024];
            while (_socket.Available > 0)
            {
                _socket.Receive(scrap);
            }
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public Task BreakAsync(TimeSpan duration, CancellationToken cancellation) =>
        throw new NotSupportedException("a TCP connection cannot send a break");

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
