using Sensor.Contracts;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Archives;

/// <summary>Where the bytes of entries are that were moved out of the evidence file: the folders of <c>archive</c>, then the one into which they were moved.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EvidenceArchive(IReadOnlyList<string> folders)
{
    // One station's entries lie in one file after another; two evaluations at once are rare.
    private const int MostInMemory = 2;
    private readonly List<ArchiveContent> _read = [];
    private readonly Lock _lock = new();

    /// <summary>No folders but those into which entries were moved.</summary>
    public static EvidenceArchive Unconfigured => new([]);

    /// <summary>The bytes of an entry that was moved.</summary>
    /// <exception cref="IOException">The file that holds it is in none of the folders; the message names both.</exception>
    public byte[] Read(ISqlDatabase evidence, long index)
    {
        lock (_lock)
        {
            return (_read.Find(content => content.Holds(index)) ?? Load(RangeOf(evidence, index)))[index];
        }
    }

    /// <summary>The archive files that a decision may need and that are in none of the folders; whether those that are there are whole is seen when they are read.</summary>
    public IReadOnlyList<string> Missing(ISqlDatabase evidence) =>
        [.. ArchivedRanges.All(evidence).Where(range => !PlacesOf(range).Any(File.Exists)).Select(range => range.File)];

    /// <summary>Says at the start what will be missed later.</summary>
    public static void Tell(ISqlDatabase evidence, ILogger logger)
    {
        foreach (var file in evidence is Database ? evidence.Archive.Missing(evidence) : [])
        {
            logger.LogError("The archive file {File} is in no folder of 'archive'; the windows of its stations cannot be evaluated until it is back. Receiving goes on", file);
        }
    }

    private ArchiveContent Load(ArchivedRange range)
    {
        var content = PlacesOf(range).Where(File.Exists).Select(path => ArchiveContent.TryRead(path, range.First, range.Count, range.Sha256)).FirstOrDefault(found => found is not null) ?? throw Absent(range);
        _read.Add(content);
        if (_read.Count > MostInMemory)
        {
            _read.RemoveAt(0);
        }

        return content;
    }

    private IEnumerable<string> PlacesOf(ArchivedRange range) => folders.Append(range.Folder).Distinct(StringComparer.Ordinal).Select(folder => Path.Combine(folder, range.File));

    private IOException Absent(ArchivedRange range) => new(
        $"the entries {range.First} to {range.First + range.Count - 1} of the evidence are in the archive file {range.File} with the SHA-256 {range.Sha256}, and no such file is in {string.Join(" or ", folders.Append(range.Folder).Distinct(StringComparer.Ordinal))}. Bring it back, or name its folder in 'archive' of the configuration.");

    private static ArchivedRange RangeOf(ISqlDatabase evidence, long index) => ArchivedRanges.Of(evidence, index)
        ?? throw new InvalidDataException($"the entry {index} of the evidence has no bytes, and it was never moved to an archive. Restore the evidence from a backup.");
}

/// <summary>Entries whose bytes were moved.</summary>
/// <param name="First">The index of the first.</param>
/// <param name="Count">How many there are.</param>
/// <param name="File">The name of the archive file.</param>
/// <param name="Sha256">SHA-256 of the file.</param>
/// <param name="Folder">The folder into which it was written.</param>
internal sealed record ArchivedRange(long First, long Count, string File, Digest Sha256, string Folder);

/// <summary>Reads the table of what was moved.</summary>
internal static class ArchivedRanges
{
    private const string Columns = "SELECT first, count, file, sha256, folder FROM archived";

    /// <summary>Every range, in order.</summary>
    public static IReadOnlyList<ArchivedRange> All(ISqlDatabase evidence) => evidence.Query($"{Columns} ORDER BY first", Range);

    /// <summary>The range of an entry; null where it was not moved.</summary>
    public static ArchivedRange? Of(ISqlDatabase evidence, long index) =>
        evidence.Query($"{Columns} WHERE first <= $1 ORDER BY first DESC LIMIT 1", Range, index) is [var range] && index < range.First + range.Count ? range : null;

    /// <summary>The first entry that was not moved.</summary>
    public static long Next(ISqlDatabase evidence) => evidence.Number("SELECT max(first + count) FROM archived") ?? 0;

    private static ArchivedRange Range(System.Data.Common.DbDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.Digest(3), row.GetString(4));
}
