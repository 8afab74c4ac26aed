using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using WaterWatch.Bench.Ingest;

namespace WaterWatch.Bench;

/// <summary>A mosquitto on a port of its own, for all rounds of a run. It queues in memory; nothing else is changed that costs or saves time.</summary>
internal sealed class MosquittoServer : IDisposable
{
    private const string Program = "/usr/sbin/mosquitto";
    private readonly Process _process;
    private readonly string _configuration;

    private MosquittoServer(Process process, string configuration, int port) => (_process, _configuration, Port) = (process, configuration, port);

    public int Port { get; }

    /// <param name="on">Its port; a free one by default.</param>
    /// <exception cref="FileNotFoundException">mosquitto is not installed.</exception>
    public static MosquittoServer Start(int? on = null)
    {
        if (!File.Exists(Program))
        {
            throw new FileNotFoundException($"{Program} is missing. Install the Debian package mosquitto.");
        }

        var port = on ?? FreePort();
        var configuration = Path.GetTempFileName();
        File.WriteAllText(configuration, $"user root\nlistener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nmax_inflight_messages 1000\nmax_queued_messages 100000\nset_tcp_nodelay true\nlog_type error\n");
        var server = new MosquittoServer(Process.Start(new ProcessStartInfo(Program, ["-c", configuration]))!, configuration, port);
        try
        {
            server.WaitUntilItAnswers();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>A TCP port that nobody uses now.</summary>
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
        File.Delete(_configuration);
    }

    private void WaitUntilItAnswers()
    {
        if (!SpinWait.SpinUntil(Answers, TimeSpan.FromSeconds(10)))
        {
            throw new TimeoutException($"{Program} does not listen on port {Port}");
        }
    }

    private bool Answers()
    {
        try
        {
            new MqttSocket(Port, "bench-first").Dispose();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
