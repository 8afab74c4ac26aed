using System.Buffers.Binary;
using System.Text;

namespace Sensor.Contracts.Bundles;

/// <summary>
/// The file of a bundle: a ZIP that any tool unpacks, in the one form that its members leave open. There is exactly one sequence of bytes for a
/// list of members, and only that one is read: no byte of the file is without meaning (docs/evidence.md, section "Container").
/// </summary>
/// <remarks>Stateless and thread-safe.</remarks>
public static class BundleContainer
{
    /// <summary>The name of the first member.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>The name of the second member.</summary>
    public const string ManifestSignature = "manifest.jws";

    /// <summary>The largest file, in bytes.</summary>
    public const int LargestFile = 1 << 30;

    /// <summary>The most members.</summary>
    public const int MostMembers = 4096;

    /// <summary>Whether bytes begin as a bundle does; whether they are one is for <see cref="Read"/> to say.</summary>
    public static bool BeginsAsOne(ReadOnlySpan<byte> file) =>
        file.StartsWith(ZipHeaders.LocalSignature) && file.Length > ZipHeaders.LocalSize && file[ZipHeaders.LocalSize..].StartsWith("manifest.json"u8);

    /// <summary>Puts members into a file, in the order in which a bundle has them.</summary>
    /// <exception cref="ArgumentException">A name is not allowed or given twice, the manifest or its signature is missing, or the file would be too large.</exception>
    public static byte[] Write(IEnumerable<BundleMember> members)
    {
        List<BundleMember> ordered = [.. members.OrderBy(m => m.Name, Comparer<string>.Create(Compare))];
        if (Problem(ordered) is { } problem)
        {
            throw new ArgumentException(problem, nameof(members));
        }

        using var file = new MemoryStream();
        var written = new List<(BundleMember Member, uint Crc, int Offset)>();
        foreach (var member in ordered)
        {
            written.Add((member, Crc32.Of(member.Content.Span), (int)file.Length));
            file.Write(ZipHeaders.Local(member, written[^1].Crc));
            file.Write(member.Content.Span);
        }

        file.Write(ZipHeaders.Directory(written));
        return file.Length <= LargestFile ? file.ToArray() : throw new ArgumentException($"A bundle has at most {LargestFile} bytes, not {file.Length}.", nameof(members));
    }

    /// <summary>Takes the members out of a file.</summary>
    /// <param name="file">The whole file; the contents are slices of it.</param>
    /// <exception cref="FormatException">The file is not exactly what <see cref="Write"/> makes of its members; the message says at which byte.</exception>
    public static IReadOnlyList<BundleMember> Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length > LargestFile)
        {
            throw new FormatException($"the file has {file.Length} bytes; a bundle has at most {LargestFile}");
        }

        var read = new List<(BundleMember Member, uint Crc, int Offset)>();
        var at = 0;
        while (file.Span[at..].StartsWith(ZipHeaders.LocalSignature))
        {
            read.Add(ReadMember(file, at));
            at += ZipHeaders.LocalSize + read[^1].Member.Name.Length + read[^1].Member.Content.Length;
        }

        List<BundleMember> members = [.. read.Select(r => r.Member)];
        return Problem(members) is { } problem ? throw new FormatException(problem) : Demand(file.Span[at..], ZipHeaders.Directory(read), at, exactly: true, members);
    }

    private static (BundleMember Member, uint Crc, int Offset) ReadMember(ReadOnlyMemory<byte> file, int at)
    {
        var rest = file.Span[at..];
        if (rest.Length < ZipHeaders.LocalSize)
        {
            throw new FormatException($"the file ends within the header of a member at byte {at}");
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(rest[ZipHeaders.SizeAt..]);
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[ZipHeaders.NameLengthAt..]);
        if (nameLength > BundleMember.LongestName || rest.Length - ZipHeaders.LocalSize - nameLength < size)
        {
            throw new FormatException($"the member at byte {at} has a name that is too long, or reaches beyond the end of the file");
        }

        var name = Encoding.Latin1.GetString(rest.Slice(ZipHeaders.LocalSize, nameLength));
        var member = new BundleMember(name, file.Slice(at + ZipHeaders.LocalSize + nameLength, (int)size));
        var crc = Crc32.Of(member.Content.Span);
        return !BundleMember.IsName(name) ? throw new FormatException($"the member at byte {at} has a name that is not allowed") : Demand(rest, ZipHeaders.Local(member, crc), at, exactly: false, (member, crc, at));
    }

    private static T Demand<T>(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected, int at, bool exactly, T result)
    {
        var same = actual.CommonPrefixLength(expected);
        return same == expected.Length && (!exactly || actual.Length == expected.Length)
            ? result
            : throw new FormatException($"byte {at + same} is not what the members of a bundle require there (a header or the directory, or the content that its CRC-32 protects)");
    }

    private static string? Problem(List<BundleMember> members)
    {
        if (members.Count > MostMembers || members.Count < 2 || members[0].Name != Manifest || members[1].Name != ManifestSignature)
        {
            return $"a bundle has {Manifest}, then {ManifestSignature}, then at most {MostMembers - 2} other members";
        }

        var wrong = members.Find(m => !BundleMember.IsName(m.Name))
            ?? members.Zip(members.Skip(1)).Where(pair => Compare(pair.First.Name, pair.Second.Name) >= 0).Select(pair => pair.Second).FirstOrDefault();
        return wrong is null ? null : $"the member '{wrong.Name}' has a name that is not allowed, is there twice, or does not stand in ordinal order";
    }

    private static int Compare(string? left, string? right) => (Place(left), Place(right)) is var (a, b) && a != b ? a - b : string.CompareOrdinal(left, right);

    private static int Place(string? name) => name switch { Manifest => 0, ManifestSignature => 1, _ => 2 };
}
