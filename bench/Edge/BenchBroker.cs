using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace WaterWatch.Bench.Edge;

/// <summary>Debian's mosquitto on a free port of the loopback.</summary>
internal sealed class BenchBroker : IDisposable
{
    private readonly Process _process;

    private BenchBroker(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static async Task<BenchBroker> StartAsync(string folder, int? on = null)
    {
        var port = on ?? FreePort();
        var file = Path.Combine(folder, "mosquitto.conf");
        await File.WriteAllTextAsync(file, string.Create(CultureInfo.InvariantCulture, $"user root\nlistener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n"));
        var process = Process.Start(new ProcessStartInfo("/usr/sbin/mosquitto", ["-c", file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        for (var patience = 0; patience < 100 && !Listens(port); patience++)
        {
            await Task.Delay(50);
        }

        return new BenchBroker(process, port);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static bool Listens(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
