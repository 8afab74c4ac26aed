using Sensor.Ingest.Backups;

namespace Sensor.Ingest.Archives;

/// <summary>The folder of archive files, whose names survive a loss of power like the files.</summary>
internal static class ArchiveFolder
{
    /// <summary>Makes a folder with those above it.</summary>
    /// <exception cref="IOException">It cannot be made or kept.</exception>
    public static void Make(string folder)
    {
        var before = folder;
        while (before is not null && !Directory.Exists(before))
        {
            before = Path.GetDirectoryName(before);
        }

        DurableFile.MakeFolder(folder);

        // Also of a folder that was there: whoever made it may have been killed before it was kept.
        for (var above = Path.GetDirectoryName(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            PathSync.Keep(above);
            if (before is null || above.Length <= before.Length)
            {
                return;
            }
        }
    }

    /// <summary>Keeps a finished archive file, whoever wrote it.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public static void Keep(string folder, ArchiveManifest manifest)
    {
        PathSync.Keep(Path.Combine(folder, manifest.File));
        PathSync.Keep(Path.Combine(folder, ArchiveManifest.ManifestOf(manifest.File)));
        PathSync.Keep(folder);
    }
}
