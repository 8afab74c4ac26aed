using Sensor.Ingest.Archives;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Backups;

/// <summary>The archive files that belong to a backup and that it does not hold, since they never change.</summary>
internal static class BackupArchives
{
    /// <summary>What has to be kept beside a backup; nothing where no entry was moved.</summary>
    public static IReadOnlyList<string> Notes(IngestConfiguration configuration, string folder)
    {
        using var evidence = Open(configuration, folder);
        var all = ArchivedRange.All(evidence);
        return all.Count == 0
            ? []
            : [
                $"The bytes of the entries before {all[^1].Next} are in {all.Count} archive files, {all[0].File} to {all[^1].File}. The backup does not hold these: keep a copy of them beside it.",
                .. evidence.Archive!.Missing(evidence).Select(range => evidence.Archive.Absent(range).Message),
            ];
    }

    /// <summary>Refuses a backup whose archive files are not here.</summary>
    /// <exception cref="IOException">The first that is missing, and what to do.</exception>
    public static void Demand(IngestConfiguration configuration, string folder)
    {
        using var evidence = Open(configuration, folder);
        if (evidence.Archive!.Missing(evidence) is [var first, ..] missing)
        {
            throw new IOException(
                $"{missing.Count} archive files of {folder} are missing: {evidence.Archive.Absent(first).Message} Or give --without-archive: stations are heard, and whatever needs these files is refused until they are back.");
        }
    }

    private static Database Open(IngestConfiguration configuration, string folder) =>
        Database.OpenForReading(Path.Combine(folder, BackupFile.Evidence), new EvidenceArchive(configuration.Archive));
}
