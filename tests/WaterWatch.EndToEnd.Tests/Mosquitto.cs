using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace WaterWatch.EndToEnd.Tests;

/// <summary>A real mosquitto on a free port of the loopback interface.</summary>
internal sealed class Mosquitto : IDisposable
{
    private static readonly HashSet<int> Given = [];

    private readonly ProgramUnderTest _broker;

    private Mosquitto(int port, ProgramUnderTest broker)
    {
        Port = port;
        _broker = broker;
    }

    public int Port { get; }

    /// <param name="folder">Where its configuration is written.</param>
    /// <param name="at">The port of one that was ended; null for a new one.</param>
    public static async Task<Mosquitto> StartAsync(string folder, int? at = null)
    {
        var port = at ?? FreePort();
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

    /// <summary>
    /// A port that is free now and that nobody else is given. It lies below the range from which the kernel takes the ports of outgoing
    /// connections, so that it is still free when a killed service takes it again.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 30_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                lock (Given)
                {
                    if (Given.Add(port))
                    {
                        return port;
                    }
                }
            }
            catch (SocketException)
            {
                // Taken; another one is tried.
            }
        }
    }

    public void Dispose() => _broker.Dispose();
}
