using System.Diagnostics;

namespace Sensor.Edge.Tests.Support;

/// <summary>Two serial devices of which each hears what the other says, made by socat from pseudo-terminals, which carry neither break nor parity.</summary>
internal sealed class SerialPair : IDisposable
{
    private const string Binary = "/usr/bin/socat";
    private readonly Process _process;

    private SerialPair(Process process, string near, string far) => (_process, Near, Far) = (process, near, far);

    /// <summary>The device for the station.</summary>
    public string Near { get; }

    /// <summary>The device for the instrument.</summary>
    public string Far { get; }

    public static async Task<SerialPair> OpenAsync(TestFolder folder)
    {
        Assert.SkipUnless(File.Exists(Binary), "needs socat (apt-get install socat)");
        var (near, far) = (folder["near"], folder["far"]);
        var pair = new SerialPair(Process.Start(Binary, [$"pty,raw,echo=0,link={near}", $"pty,raw,echo=0,link={far}"]), near, far);
        await Wait.Until(() => File.Exists(near) && File.Exists(far), "socat makes two devices");
        return pair;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
