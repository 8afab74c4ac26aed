using Sensor.Contracts;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Archives;

/// <summary>An archive file that was compared with its SHA-256 once, and where each of its entries begins: a single one is then read without the others.</summary>
/// <remarks>Immutable and thread-safe. The file may change or go behind its back; then it finds no entry.</remarks>
internal sealed class OpenedArchive
{
    private readonly string _path;
    private readonly long _first;
    private readonly int[] _ends;

    private OpenedArchive(string path, long first, int[] ends) => (_path, _first, _ends) = (path, first, ends);

    /// <summary>Opens the file of a range; null where there is none or it holds anything else.</summary>
    public static OpenedArchive? TryOpen(string path, ArchivedRange range)
    {
        try
        {
            return ArchiveContent.TryRead(path, range.Count, range.Sha256) is { } envelopes ? new OpenedArchive(path, range.First, Ends(envelopes)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether it holds an entry.</summary>
    public bool Holds(long index) => index >= _first && index < _first + _ends.Length;

    /// <summary>The bytes of an entry; null where the file no longer has them.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="digest">The digest that it must have.</param>
    public byte[]? TryRead(long index, Digest digest)
    {
        try
        {
            var bytes = Read((int)(index - _first));
            return Envelope.TryParse(bytes, out var envelope, out _) && envelope.Digest == digest ? bytes : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private byte[] Read(int place)
    {
        var begin = place == 0 ? 0 : _ends[place - 1];
        var bytes = new byte[_ends[place] - begin];
        using var file = File.OpenHandle(_path);
        return RandomAccess.Read(file, bytes, begin) == bytes.Length ? bytes : [];
    }

    private static int[] Ends(IReadOnlyList<ReadOnlyMemory<byte>> envelopes)
    {
        var (ends, at) = (new int[envelopes.Count], 0);
        for (var i = 0; i < ends.Length; i++)
        {
            ends[i] = at += envelopes[i].Length;
        }

        return ends;
    }
}
