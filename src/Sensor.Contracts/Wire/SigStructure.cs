using System.Buffers.Binary;

namespace Sensor.Contracts.Wire;

/// <summary>The RFC 9052 section 4.4 Sig_structure of a COSE_Sign1 without external data: ["Signature1", protected header, h'', payload].</summary>
internal static class SigStructure
{
    private const byte ByteString = 0x40;
    private const int LongestHead = 5;
    private const int OnStack = 2_048;

    // An array of four, and the text of ten letters in it.
    private static readonly byte[] Begin = [0x84, 0x6a, .. "Signature1"u8];

    /// <summary>Its bytes, over which the signature runs.</summary>
    public static byte[] Of(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        Span<byte> bytes = new byte[Most(header, payload)];
        return bytes[..Write(bytes, header, payload)].ToArray();
    }

    /// <summary>Their SHA-256.</summary>
    public static Digest Digest(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        var most = Most(header, payload);
        Span<byte> bytes = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        return Contracts.Digest.Of(bytes[..Write(bytes, header, payload)]);
    }

    private static int Most(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload) => Begin.Length + header.Length + payload.Length + (3 * LongestHead);

    private static int Write(Span<byte> bytes, ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        Begin.CopyTo(bytes);
        var at = Begin.Length;
        at += String(bytes[at..], header);
        at += String(bytes[at..], []);
        return at + String(bytes[at..], payload);
    }

    private static int String(Span<byte> bytes, ReadOnlySpan<byte> content)
    {
        var head = Head(bytes, content.Length);
        content.CopyTo(bytes[head..]);
        return head + content.Length;
    }

    // Lengths in their shortest form, RFC 8949 section 4.2.1.
    private static int Head(Span<byte> bytes, int length)
    {
        switch (length)
        {
            case < 24:
                bytes[0] = (byte)(ByteString | length);
                return 1;
            case <= byte.MaxValue:
                (bytes[0], bytes[1]) = (ByteString | 24, (byte)length);
                return 2;
            case <= ushort.MaxValue:
                bytes[0] = ByteString | 25;
                BinaryPrimitives.WriteUInt16BigEndian(bytes[1..], (ushort)length);
                return 3;
            default:
                bytes[0] = ByteString | 26;
                BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], (uint)length);
                return LongestHead;
        }
    }
}
