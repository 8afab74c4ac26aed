using System.Diagnostics;
using System.Net.Sockets;

namespace Sensor.Ingest.Tests.Support;

/// <summary>A real mosquitto on a port of its own.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private const string Program = "/usr/sbin/mosquitto";
    private readonly Process _process;
    private readonly string _configuration;

    private Mosquitto(Process process, string configuration) => (_process, _configuration) = (process, configuration);

    public static async Task<Mosquitto> StartAsync(int port, string access = "allow_anonymous true")
    {
        Assert.SkipUnless(File.Exists(Program), "needs mosquitto (Debian package mosquitto)");
        var configuration = Path.GetTempFileName();
        await File.WriteAllTextAsync(configuration, $"listener {port} 127.0.0.1\n{access}\npersistence false\nmax_queued_messages 100000\nlog_type error\n");
        var process = Process.Start(new ProcessStartInfo(Program, ["-c", configuration]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        await Until.True(() => Answers(port), "mosquitto listens");
        return new Mosquitto(process, configuration);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        File.Delete(_configuration);
    }

    private static bool Answers(int port)
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
