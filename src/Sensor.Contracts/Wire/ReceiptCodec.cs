using System.Formats.Cbor;

namespace Sensor.Contracts.Wire;

/// <summary>Receipts to payloads and back, as docs/wire.md section "Receipt" defines.</summary>
public static class ReceiptCodec
{
    private const int Version = 1;

    /// <summary>Encodes a receipt as a payload.</summary>
    /// <exception cref="ArgumentException">The receipt breaks a rule of docs/wire.md.</exception>
    public static byte[] Encode(Receipt receipt)
    {
        var writer = DeterministicCbor.Writer();
        writer.WriteStartMap(null);
        writer.Whole(0, Version);
        writer.Text(1, receipt.Deployment);
        writer.Text(2, receipt.Station);
        writer.Text(3, receipt.Operator);
        writer.Bytes(4, receipt.Run.ToArray());
        writer.Whole(5, receipt.Through);
        writer.Array(6, receipt.Beyond, WriteRange);
        writer.Bytes(7, receipt.ThroughDigest?.ToArray());
        writer.Whole(8, receipt.Time.UnixMilliseconds);
        writer.Whole(9, receipt.LogSize);
        writer.Bytes(10, receipt.LogRoot.ToArray());
        writer.WriteEndMap();
        var payload = writer.Encode();
        return TryDecode(payload, out _, out var refusal) ? payload : throw new ArgumentException(refusal.Detail, nameof(receipt));
    }

    /// <summary>Decodes a payload.</summary>
    /// <param name="payload">A payload in deterministic encoding.</param>
    /// <param name="receipt">The receipt, when the result is true.</param>
    /// <param name="refusal">Why not, when the result is false.</param>
    public static bool TryDecode(ReadOnlyMemory<byte> payload, out Receipt receipt, out Refusal refusal)
    {
        (receipt, refusal) = (null!, null!);
        try
        {
            var map = MapReader.Payload(payload, "receipt");
            map.Whole(0, Version, Version);
            var decoded = new Receipt
            {
                Deployment = map.Text(1, WireLimits.Name, Names.IsLowerId),
                Station = map.Text(2, WireLimits.Name, Names.IsStation),
                Operator = map.Text(3, WireLimits.Name, Names.IsLowerId),
                Run = map.Take(4, MapReader.ReadLife),
                Through = map.Whole(5, 0, long.MaxValue),
                Beyond = map.Array(6, 0, WireLimits.Ranges, ReadRange),
                ThroughDigest = map.TakeOptionalValue(7, MapReader.ReadDigest),
                Time = map.Moment(8),
                LogSize = map.Whole(9, 0, long.MaxValue),
                LogRoot = map.Take(10, MapReader.ReadDigest),
            };
            map.End();
            receipt = decoded.Through == 0 && decoded.ThroughDigest.HasValue ? throw map.Wrong(7, "must be absent when nothing is held (5)")
                : Ascending(decoded) ? decoded
                : throw map.Wrong(6, "ranges must ascend and leave gaps");
            return true;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            refusal = new Refusal(RefusalReason.Payload, e.Message);
            return false;
        }
    }

    private static bool Ascending(Receipt receipt)
    {
        var last = receipt.Through;
        foreach (var range in receipt.Beyond)
        {
            if (last == long.MaxValue || range.First <= last + 1 || range.Last < range.First)
            {
                return false;
            }

            last = range.Last;
        }

        return true;
    }

    private static void WriteRange(CborWriter writer, SequenceRange range)
    {
        writer.WriteStartArray(2);
        writer.WriteInt64(range.First);
        writer.WriteInt64(range.Last);
        writer.WriteEndArray();
    }

    private static SequenceRange ReadRange(PayloadReader reader)
    {
        if (reader.ReadStartArray() != 2)
        {
            throw new CborContentException("a range is [first, last]");
        }

        var range = new SequenceRange(reader.ReadInt64(), reader.ReadInt64());
        return range;
    }
}
