using System.Net.Sockets;
using System.Text;

namespace Sensor.Ingest.Tests.Support;

/// <summary>Speaks MQTT 5 byte by byte, so that a test sees exactly which acknowledgements leave a broker and when.</summary>
internal sealed class RawMqtt : IDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    private RawMqtt(TcpClient client) => (_client, _stream) = (client, client.GetStream());

    public static async Task<RawMqtt> ConnectAsync(int port, string clientId)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        var raw = new RawMqtt(client);
        await raw.SendAsync(0x10, [.. Text("MQTT"), 5, 2, 0, 60, 0, .. Text(clientId)]);
        Assert.Equal(0x20, (await raw.ReadAsync())!.Value.Type);
        return raw;
    }

    public Task PublishAsync(ushort packetId, string topic, ReadOnlySpan<byte> payload) =>
        SendAsync(0x32, [.. Text(topic), (byte)(packetId >> 8), (byte)packetId, 0, .. payload]);

    /// <summary>The next packet; null when the broker closed the connection.</summary>
    public async Task<(byte Type, byte[] Body)?> ReadAsync()
    {
        try
        {
            var head = new byte[1];
            await _stream.ReadExactlyAsync(head, TestContext.Current.CancellationToken);
            int length = 0, shift = 0;
            var next = new byte[1];
            do
            {
                await _stream.ReadExactlyAsync(next, TestContext.Current.CancellationToken);
                length |= (next[0] & 0x7F) << shift;
                shift += 7;
            }
            while (next[0] >= 0x80);
            var body = new byte[length];
            await _stream.ReadExactlyAsync(body, TestContext.Current.CancellationToken);
            return (head[0], body);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task SendAsync(byte type, byte[] body)
    {
        var length = new List<byte>();
        var rest = body.Length;
        do
        {
            length.Add((byte)((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0)));
            rest >>= 7;
        }
        while (rest > 0);
        await _stream.WriteAsync((byte[])[type, .. length, .. body], TestContext.Current.CancellationToken);
    }

    private static byte[] Text(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
}
