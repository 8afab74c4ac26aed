using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Archives;

/// <summary>Where the bytes of entries are that were moved out of the evidence file: the folders of <c>archive</c>, then the one into which they were moved.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EvidenceArchive(IReadOnlyList<string> folders)
{
    // 64 MB of places at most.
    private const int MostOpen = 1024;
    private readonly List<OpenedArchive> _open = [];
    private readonly Lock _lock = new();

    /// <summary>No folders but those into which entries were moved.</summary>
    public static EvidenceArchive Unconfigured => new([]);

    /// <summary>The bytes of an entry that was moved.</summary>
    /// <exception cref="IOException">The file that holds it is in none of the folders; the message names both.</exception>
    public byte[] Read(ISqlDatabase evidence, long index)
    {
        // Asked before the lock is taken, because others who have the lock of the database may wait for this one.
        var digest = evidence.Query("SELECT digest FROM evidence WHERE idx = $1", row => row.Digest(0), index)[0];
        if (Opened(index)?.TryRead(index, digest) is { } bytes)
        {
            return bytes;
        }

        var range = ArchivedRange.Of(evidence, index) ?? throw Lost(index);
        return Open(range).TryRead(index, digest) ?? throw Absent(range);
    }

    /// <summary>What an entry that has no bytes and was never moved is called.</summary>
    public static InvalidDataException Lost(long index) =>
        new($"the entry {index} of the evidence has no bytes, and it was never moved to an archive. Restore the evidence from a backup.");

    /// <summary>The archive files that are in none of the folders; whether those that are there are whole is seen when they are read.</summary>
    public IReadOnlyList<ArchivedRange> Missing(ISqlDatabase evidence) => [.. ArchivedRange.All(evidence).Where(range => !PlacesOf(range).Any(File.Exists))];

    /// <summary>Says at the start what will be missed later.</summary>
    public static void Tell(ISqlDatabase evidence, ILogger logger)
    {
        foreach (var range in evidence.Archive?.Missing(evidence) ?? [])
        {
            logger.LogError("The archive file {File} is in no folder of 'archive'; the windows of its stations cannot be evaluated until it is back. Receiving goes on", range.File);
        }
    }

    /// <summary>The message of an archive file that is not there.</summary>
    public IOException Absent(ArchivedRange range) => new(
        $"the entries {range.First} to {range.Next - 1} of the evidence are in the archive file {range.File} with the SHA-256 {range.Sha256}, and no such file is in {string.Join(" or ", FoldersOf(range))}. Bring it back, or name its folder in 'archive' of the configuration.");

    private OpenedArchive? Opened(long index)
    {
        lock (_lock)
        {
            return _open.FindLast(file => file.Holds(index));
        }
    }

    private OpenedArchive Open(ArchivedRange range)
    {
        var opened = PlacesOf(range).Select(path => OpenedArchive.TryOpen(path, range)).FirstOrDefault(file => file is not null) ?? throw Absent(range);
        lock (_lock)
        {
            _open.RemoveAll(file => file.Holds(range.First));
            _open.Add(opened);
            if (_open.Count > MostOpen)
            {
                _open.RemoveAt(0);
            }
        }

        return opened;
    }

    private IEnumerable<string> PlacesOf(ArchivedRange range) => FoldersOf(range).Select(folder => Path.Combine(folder, range.File));

    private IEnumerable<string> FoldersOf(ArchivedRange range) => folders.Append(range.Folder).Distinct(StringComparer.Ordinal);
}
