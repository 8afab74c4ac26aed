using System.Buffers.Binary;
using System.Text;

namespace Sensor.Contracts.Bundles;

/// <summary>The only headers that a bundle has: stored, without dates, attributes, extra fields and comments (docs/evidence.md, section "Container").</summary>
internal static class ZipHeaders
{
    public const int LocalSize = 30;
    public const int SizeAt = 22;
    public const int NameLengthAt = 26;

    private const ushort Version = 10;

    // 1980-01-01, the first day that the format knows.
    private const ushort Date = 0x21;

    public static ReadOnlySpan<byte> LocalSignature => "PK\u0003\u0004"u8;

    /// <summary>What stands before the content of a member.</summary>
    public static byte[] Local(BundleMember member, uint crc)
    {
        var header = new byte[LocalSize + member.Name.Length];
        LocalSignature.CopyTo(header);
        Common(header.AsSpan(4), member, crc);
        Encoding.ASCII.GetBytes(member.Name, header.AsSpan(LocalSize));
        return header;
    }

    /// <summary>What stands behind the last member: the directory and its end.</summary>
    public static byte[] Directory(IReadOnlyList<(BundleMember Member, uint Crc, int Offset)> members)
    {
        const int EndSize = 22;
        var entries = members.SelectMany(m => Entry(m.Member, m.Crc, m.Offset)).ToArray();
        var (end, last) = (new byte[EndSize], members[^1]);
        "PK\u0005\u0006"u8.CopyTo(end);
        Write16(end, 8, members.Count);
        Write16(end, 10, members.Count);
        Write32(end, 12, (uint)entries.Length);
        Write32(end, 16, (uint)(last.Offset + LocalSize + last.Member.Name.Length + last.Member.Content.Length));
        return [.. entries, .. end];
    }

    private static byte[] Entry(BundleMember member, uint crc, int offset)
    {
        const int Size = 46;
        var entry = new byte[Size + member.Name.Length];
        "PK\u0001\u0002"u8.CopyTo(entry);
        Write16(entry, 4, Version);
        Common(entry.AsSpan(6), member, crc);
        Write32(entry, 42, (uint)offset);
        Encoding.ASCII.GetBytes(member.Name, entry.AsSpan(Size));
        return entry;
    }

    /// <summary>Version needed, flags, method, time, date, CRC, both sizes and the length of the name.</summary>
    private static void Common(Span<byte> at, BundleMember member, uint crc)
    {
        Write16(at, 0, Version);
        Write16(at, 8, Date);
        Write32(at, 10, crc);
        Write32(at, 14, (uint)member.Content.Length);
        Write32(at, 18, (uint)member.Content.Length);
        Write16(at, 22, member.Name.Length);
    }

    private static void Write16(Span<byte> bytes, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes[at..], (ushort)value);

    private static void Write32(Span<byte> bytes, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes[at..], value);
}
