using System.Buffers.Binary;
using System.Text;

namespace Sensor.Edge.Tests.PowerCuts;

internal enum CutOperation
{
    Create = 1,
    Write = 2,
    Truncate = 3,
    Sync = 4,
    Unlink = 5,
    Rename = 6,
}

/// <summary>One change of the watched folder.</summary>
/// <param name="Operation">What happened.</param>
/// <param name="File">The file's number; 0 is the folder.</param>
/// <param name="Offset">Where it was written, or the length to which it was cut.</param>
/// <param name="Bytes">What was written, or names in UTF-8.</param>
/// <param name="End">Where the entry ends in the log.</param>
internal sealed record CutEntry(CutOperation Operation, int File, long Offset, ReadOnlyMemory<byte> Bytes, long End)
{
    /// <summary>The names of an operation on the folder.</summary>
    public string[] Names => Encoding.UTF8.GetString(Bytes.Span).Split('\0');
}

/// <summary>Reads what the layer wrote down.</summary>
internal static class CutLog
{
    private const int Head = 17;

    public static List<CutEntry> Read(string file)
    {
        var bytes = File.ReadAllBytes(file).AsMemory();
        var entries = new List<CutEntry>();
        for (var at = 0; at < bytes.Length;)
        {
            var head = bytes.Span[at..];
            var length = BinaryPrimitives.ReadInt32LittleEndian(head[13..]);
            var end = at + Head + length;
            entries.Add(new CutEntry((CutOperation)head[0], BinaryPrimitives.ReadInt32LittleEndian(head[1..]), BinaryPrimitives.ReadInt64LittleEndian(head[5..]), bytes[(at + Head)..end], end));
            at = end;
        }

        return entries;
    }
}
