using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace WaterWatch.Bench.Ingest;

/// <summary>
/// The little of MQTT 5 that sends and takes messages with QoS 1, on a blocking socket. A whole client would cost more than the broker, and a
/// slow baseline would flatter what is compared with it.
/// </summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class MqttSocket : IDisposable
{
    private const int Connack = 2, Suback = 9;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _in;
    private readonly MemoryStream _out = new();
    private int _from;
    private int _to;

    public MqttSocket(int port, string clientId, int receiveMaximum = 256, int largestPacket = 1 << 20)
    {
        _in = new byte[largestPacket];
        _socket.Connect("127.0.0.1", port);
        var text = Encoding.ASCII.GetBytes(clientId);
        byte[] fixedPart = [0, 4, .. "MQTT"u8, 5, 2, 0, 0, 3, 0x21, (byte)(receiveMaximum >> 8), (byte)(receiveMaximum & 0xff), 0, (byte)text.Length];
        Write(0x10, [.. fixedPart, .. text], []);
        Flush();
        Expect(Connack, reasonAt: 1);
    }

    /// <summary>Whether something is waiting to be flushed.</summary>
    public int Unsent => (int)_out.Length;

    /// <summary>Whether a part of a packet is here already.</summary>
    public bool HasMore => _to > _from || _socket.Available > 0;

    public void Subscribe(string filter)
    {
        var text = Encoding.UTF8.GetBytes(filter);
        Write(0x82, [0, 1, 0, (byte)(text.Length >> 8), (byte)(text.Length & 0xff), .. text, 1], []);
        Flush();
        Expect(Suback, reasonAt: ^1);
    }

    public void Publish(string topic, int id, byte[] payload)
    {
        var text = Encoding.UTF8.GetBytes(topic);
        Write(0x32, [(byte)(text.Length >> 8), (byte)(text.Length & 0xff), .. text, (byte)(id >> 8), (byte)(id & 0xff), 0], payload);
    }

    public void Acknowledge(ushort id) => Write(0x40, [(byte)(id >> 8), (byte)(id & 0xff)], []);

    public void Flush()
    {
        for (var sent = 0; sent < _out.Length;)
        {
            sent += _socket.Send(_out.GetBuffer(), sent, (int)_out.Length - sent, SocketFlags.None);
        }

        _out.SetLength(0);
    }

    /// <summary>Waits for the next packet. Its body is good until the next call.</summary>
    public (int Type, ReadOnlyMemory<byte> Body) Read()
    {
        var (length, header) = (0, 1);
        for (var more = true; more; header++)
        {
            Need(header + 1);
            length |= (_in[_from + header] & 0x7f) << (7 * (header - 1));
            more = (_in[_from + header] & 0x80) != 0;
        }

        Need(header + length);
        var packet = (_in[_from] >> 4, (ReadOnlyMemory<byte>)_in.AsMemory(_from + header, length));
        _from += header + length;
        return packet;
    }

    /// <summary>The number, topic and payload of a message.</summary>
    public static (ushort Id, string Topic, ReadOnlyMemory<byte> Payload) Message(ReadOnlyMemory<byte> body)
    {
        var topic = BinaryPrimitives.ReadUInt16BigEndian(body.Span);
        var properties = body.Span[topic + 4];
        return (BinaryPrimitives.ReadUInt16BigEndian(body.Span[(topic + 2)..]), Encoding.UTF8.GetString(body.Span.Slice(2, topic)), body[(topic + 5 + properties)..]);
    }

    public void Dispose() => _socket.Dispose();

    private void Expect(int type, Index reasonAt)
    {
        if (Read() is var (got, body) && (got != type || body.Span[reasonAt] >= 0x80))
        {
            throw new IOException($"the broker answered packet {got} with {Convert.ToHexString(body.Span)} where {type} was due");
        }
    }

    private void Write(byte type, ReadOnlySpan<byte> start, ReadOnlySpan<byte> rest)
    {
        _out.WriteByte(type);
        var length = start.Length + rest.Length;
        for (; length > 0x7f; length >>= 7)
        {
            _out.WriteByte((byte)((length & 0x7f) | 0x80));
        }

        _out.WriteByte((byte)length);
        _out.Write(start);
        _out.Write(rest);
    }

    private void Need(int bytes)
    {
        if (_from + bytes > _in.Length)
        {
            _in.AsSpan(_from, _to - _from).CopyTo(_in);
            (_from, _to) = (0, _to - _from);
        }

        while (_to - _from < bytes)
        {
            var got = _socket.Receive(_in, _to, _in.Length - _to, SocketFlags.None);
            _to += got > 0 ? got : throw new IOException("the broker closed the connection");
        }
    }
}
