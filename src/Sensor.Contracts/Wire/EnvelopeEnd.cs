using System.Buffers.Binary;

namespace Sensor.Contracts.Wire;

/// <summary>Finds where an envelope ends that has the usual outline, without reading it: only its four lengths are looked at.</summary>
internal static class EnvelopeEnd
{
    private const byte Tag18 = 0xd2, ArrayOf4 = 0x84, EmptyMap = 0xa0, ByteString = 0x40;

    /// <summary>The length of the envelope at the begin of some bytes; null where they do not begin with one of the usual outline, which says nothing about them.</summary>
    public static int? Of(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith([Tag18, ArrayOf4]))
        {
            return null;
        }

        var at = AfterString(bytes, 2);
        at = at < bytes.Length && bytes[at] == EmptyMap ? at + 1 : bytes.Length + 1;
        at = AfterString(bytes, AfterString(bytes, at));
        return at <= bytes.Length ? at : null;
    }

    // Beyond the end where there is no whole byte string.
    private static int AfterString(ReadOnlySpan<byte> bytes, int at)
    {
        var rest = at < bytes.Length ? bytes[at..] : [];
        return rest switch
        {
            [>= ByteString and < ByteString + 24, ..] => at + 1 + (rest[0] - ByteString),
            [ByteString + 24, var length, ..] => at + 2 + length,
            [ByteString + 25, _, _, ..] => at + 3 + BinaryPrimitives.ReadUInt16BigEndian(rest[1..]),
            _ => bytes.Length + 1,
        };
    }
}
