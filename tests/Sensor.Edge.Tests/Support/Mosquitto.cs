using System.Diagnostics;
using System.Net.Sockets;

namespace Sensor.Edge.Tests.Support;

/// <summary>Debian's mosquitto on a free port of the loopback.</summary>
internal sealed class Mosquitto : IDisposable
{
    private const string Binary = "/usr/sbin/mosquitto";
    private readonly Process _process;

    private Mosquitto(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <param name="folder">Where its configuration goes.</param>
    /// <param name="more">Further lines of the configuration; the listener's come first.</param>
    public static async Task<Mosquitto> StartAsync(TestFolder folder, string more = "allow_anonymous true")
    {
        Assert.SkipUnless(File.Exists(Binary), "needs mosquitto (apt-get install mosquitto)");
        var port = TestBroker.FreePort();

        // Started as root it would otherwise become a user who cannot read the test's folder.
        var start = new ProcessStartInfo(Binary, ["-c", folder.Write("mosquitto.conf", $"user root\nlistener {port} 127.0.0.1\n{more}\n")]) { RedirectStandardError = true, RedirectStandardOutput = true };
        var broker = new Mosquitto(Process.Start(start)!, port);
        await Wait.Until(() => Listens(port), "mosquitto listens");
        return broker;
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
