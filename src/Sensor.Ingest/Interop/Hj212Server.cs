using System.Net;
using System.Net.Sockets;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Interop;

/// <summary>The port on which data loggers call. Each caller is served by itself; what one does or leaves undone does not reach another.</summary>
/// <remarks>Start and stop once.</remarks>
internal sealed class Hj212Server(Hj212ImportConfiguration import, Hj212Intake intake, ILogger logger, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Where the system has no room for a caller, asking again at once would only burn time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<Task, IPAddress> _served = [];
    private readonly Lock _lock = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    /// <exception cref="PortTakenException">The port is taken.</exception>
    public void Start()
    {
        var listener = new TcpListener(IPAddress.Parse(import.Address), import.Port);
        try
        {
            listener.Start();
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw PortTakenException.For(e, import.Address, import.Port, "the port of the import");
        }

        _listener = listener;
        _accepting = Task.Run(AcceptAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener?.Dispose();
        await _accepting;
        Task[] served;
        lock (_lock)
        {
            served = [.. _served.Keys];
        }

        await Task.WhenAll(served);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Admit(await _listener!.AcceptSocketAsync(_stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                logger.LogWarning("A caller on port {Port} was lost before it was heard: {Message}", import.Port, e.Message);
                await Task.Delay(Pause, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Admit(Socket socket)
    {
        var address = (socket.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        lock (_lock)
        {
            if (_served.Count >= import.Limits.Connections || _served.Values.Count(address.Equals) >= import.Limits.PerAddress)
            {
                logger.LogWarning("{Address} is turned away: too many connections; limits of the import say how many", address);
                socket.Dispose();
                return;
            }

            var served = ServeAsync(socket, $"{socket.RemoteEndPoint}");
            _served.Add(served, address);
            _ = served.ContinueWith(Leave, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private void Leave(Task served)
    {
        lock (_lock)
        {
            _served.Remove(served);
        }
    }

    private async Task ServeAsync(Socket socket, string caller)
    {
        await Task.Yield();
        using var held = socket;
        try
        {
            await new Hj212Connection(socket, caller, intake, import.Limits, time).ServeAsync(_stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            logger.LogInformation("The connection of {Caller} ends: {Message}", caller, e.Message);
        }
        catch (Exception e)
        {
            logger.LogError(e, "What {Caller} sent could not be made durable; its connection is closed without answer", caller);
        }
    }
}
