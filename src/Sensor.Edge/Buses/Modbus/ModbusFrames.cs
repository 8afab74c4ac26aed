using System.Buffers.Binary;

namespace Sensor.Edge.Buses.Modbus;

/// <summary>Finds the answer to a question among bytes that arrived. Never throws, whatever they are.</summary>
internal static class ModbusFrames
{
    private const int ExceptionLength = 5;
    private const int Header = 7;

    /// <summary>How a question goes over a serial line.</summary>
    public static byte[] Rtu(ModbusRequest request) => ModbusCrc.Append([request.Unit, .. request.Pdu]);

    /// <summary>How a question goes over TCP.</summary>
    public static byte[] Tcp(ModbusRequest request, ushort transaction)
    {
        var frame = new byte[Header + request.Pdu.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, transaction);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(4), (ushort)(1 + request.Pdu.Length));
        frame[6] = request.Unit;
        request.Pdu.CopyTo(frame, Header);
        return frame;
    }

    /// <summary>
    /// The answer of the asked unit to the asked function, of the right length and with a check that holds, wherever it begins: noise, an echo or
    /// a late reply of another unit may stand before it.
    /// </summary>
    public static ModbusReply? FindRtu(ModbusRequest request, ReadOnlySpan<byte> arrived)
    {
        for (var at = 0; at + ExceptionLength <= arrived.Length; at++)
        {
            if (arrived[at] == request.Unit && RtuAt(request, arrived[at..]) is { } reply)
            {
                return reply;
            }
        }

        return null;
    }

    /// <summary>
    /// The answer to one transaction. A reply to an earlier one is passed over: it came late.
    /// </summary>
    public static ModbusReply? FindTcp(ModbusRequest request, ushort transaction, ReadOnlySpan<byte> arrived)
    {
        while (arrived.Length >= Header)
        {
            var length = Header - 1 + BinaryPrimitives.ReadUInt16BigEndian(arrived[4..]);
            if (arrived.Length < length)
            {
                return null;
            }

            var frame = arrived[..length];
            var own = BinaryPrimitives.ReadUInt16BigEndian(frame) == transaction && BinaryPrimitives.ReadUInt16BigEndian(frame[2..]) == 0;
            if (own && length > Header && frame[6] == request.Unit)
            {
                return Pdu(request, frame[Header..]) ?? new ModbusReply.None(frame.ToArray());
            }

            arrived = arrived[length..];
        }

        return null;
    }

    private static ModbusReply? RtuAt(ModbusRequest request, ReadOnlySpan<byte> from)
    {
        if (from[1] == (request.Function | 0x80) && ModbusCrc.Holds(from[..ExceptionLength]))
        {
            return new ModbusReply.Exception(from[2]);
        }

        var length = (request.Reads ? 5 : 4) + request.ReplyBytes;
        return from[1] == request.Function && from.Length >= length && ModbusCrc.Holds(from[..length]) ? Pdu(request, from[1..(length - 2)]) : null;
    }

    private static ModbusReply? Pdu(ModbusRequest request, ReadOnlySpan<byte> pdu)
    {
        if (pdu.Length == 2 && pdu[0] == (request.Function | 0x80))
        {
            return new ModbusReply.Exception(pdu[1]);
        }

        if (pdu[0] != request.Function)
        {
            return null;
        }

        if (!request.Reads)
        {
            return pdu.Length == 5 && pdu[1..].SequenceEqual(request.Pdu.AsSpan(1, 4)) ? new ModbusReply.Data(pdu[1..].ToArray()) : null;
        }

        return pdu.Length == 2 + request.ReplyBytes && pdu[1] == request.ReplyBytes ? new ModbusReply.Data(pdu[2..].ToArray()) : null;
    }
}
