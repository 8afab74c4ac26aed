using System.Net.Sockets;
using Sensor.Contracts.Hj212;

namespace Sensor.Ingest.Tests.Support;

/// <summary>A data logger that calls by HJ 212.</summary>
internal sealed class Logger212 : IDisposable
{
    public const string Mn = "A110000_0001";
    private readonly TcpClient _client = new();
    private readonly Hj212FrameCutter _cutter = new();
    private int _exchange;

    public static async Task<Logger212> CallAsync(int port)
    {
        var logger = new Logger212();
        await logger._client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        return logger;
    }

    /// <summary>A data message of surface-water stations that wants an answer.</summary>
    public Hj212Message Data(string dataTime, string values, string mn = Mn, string command = "2061", string password = "123456") => new()
    {
        Exchange = $"20210401000000{++_exchange % 1000:D3}", System = "21", Command = command, Password = password, Station = mn, Flag = 9,
        Items = [new Hj212Item([new Hj212Field("DataTime", dataTime)]), .. values.Split(';').Select(Item)],
    };

    public Hj212Message Heartbeat() => Data("", "") with { Command = "9015", Items = [] };

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _client.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken);

    public Task SendAsync(Hj212Message message) => SendAsync(Hj212Writer.Frame(message));

    /// <summary>The next message of the platform; null when it has closed the connection.</summary>
    public async Task<Hj212Message?> HearAsync()
    {
        var buffer = new byte[1024];
        while (true)
        {
            if (_cutter.Next() is Hj212Cut.Frame frame)
            {
                return Hj212Reader.Read(frame, out _);
            }

            var count = await ReadAsync(buffer);
            if (count == 0)
            {
                return null;
            }

            _cutter.Add(buffer.AsSpan(0, count));
        }
    }

    public async Task<Hj212Message?> AskAsync(Hj212Message message)
    {
        await SendAsync(message);
        return await HearAsync();
    }

    public void Dispose() => _client.Dispose();

    private async Task<int> ReadAsync(byte[] buffer)
    {
        try
        {
            return await _client.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static Hj212Item Item(string text) => new([.. text.Split(',').Select(field => field.Split('=')).Select(f => new Hj212Field(f[0], f.ElementAtOrDefault(1) ?? ""))]);
}
