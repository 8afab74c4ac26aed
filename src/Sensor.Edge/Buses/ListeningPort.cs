using System.Net.Sockets;

namespace Sensor.Edge.Buses;

/// <summary>A TCP port on which an instrument calls the station.</summary>
/// <remarks>Nothing listens before the first wait. Who calls is not checked; what it says is for the driver to check.</remarks>
internal sealed class ListeningPort(int port) : IDisposable
{
    private TcpListener? _listener;

    /// <summary>Waits for a call. Of several that wait the latest is taken, because an instrument that calls again has given up the others.</summary>
    /// <exception cref="IOException">The call was lost.</exception>
    /// <exception cref="UnauthorizedAccessException">The port cannot be listened on: another program has it, or this user may not.</exception>
    public async Task<IByteLine> AcceptAsync(CancellationToken cancellation)
    {
        try
        {
            _listener ??= Start();
            var socket = await _listener.AcceptSocketAsync(cancellation).ConfigureAwait(false);
            while (_listener.Pending())
            {
                socket.Dispose();
                socket = await _listener.AcceptSocketAsync(cancellation).ConfigureAwait(false);
            }

            socket.NoDelay = true;
            return new TcpLine(socket);
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public void Dispose() => _listener?.Dispose();

    private TcpListener Start()
    {
        var listener = TcpListener.Create(port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new UnauthorizedAccessException(e.Message, e);
        }
    }
}
