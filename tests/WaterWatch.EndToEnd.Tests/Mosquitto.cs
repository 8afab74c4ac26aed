using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace WaterWatch.EndToEnd.Tests;

/// <summary>A real mosquitto on a free port of the loopback interface.</summary>
internal sealed class Mosquitto : IDisposable
{
    private readonly ProgramUnderTest _broker;

    private Mosquitto(int port, ProgramUnderTest broker)
    {
        Port = port;
        _broker = broker;
    }

    public int Port { get; }

    public static async Task<Mosquitto> StartAsync(string folder)
    {
        var port = FreePort();
        var configuration = Path.Combine(folder, "mosquitto.conf");
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1\nallow_anonymous true\nmessage_size_limit 0\n"));
        var broker = ProgramUnderTest.StartSystem("/usr/sbin/mosquitto", "-c", configuration);
        await Eventually.GetAsync(
            async () =>
            {
                using var probe = new TcpClient();
                try
                {
                    await probe.ConnectAsync(IPAddress.Loopback, port);
                    return "open";
                }
                catch (SocketException)
                {
                    return null;
                }
            },
            "mosquitto listens",
            () => broker.Everything);
        return new Mosquitto(port, broker);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => _broker.Dispose();
}
