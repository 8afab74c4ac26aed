using Sensor.Contracts;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Backups;

/// <summary>Puts a backup into an empty data directory.</summary>
internal static class StoreRestore
{
    private const string Unfinished = ".restoring";

    /// <summary>Checks a backup whole, then copies it and notes in its evidence from where the log goes on.</summary>
    /// <returns>What was restored.</returns>
    /// <param name="configuration">Where it goes.</param>
    /// <param name="folder">The backup.</param>
    /// <param name="time">The clock of the note.</param>
    /// <param name="withoutArchive">Whether the archive files that belong to it may be missing.</param>
    /// <exception cref="IOException">The data directory is in use or not empty, a file of the backup is not what the manifest says, or an archive file is missing.</exception>
    /// <exception cref="Contracts.Documents.DocumentException">The manifest is missing or has mistakes.</exception>
    public static BackupManifest Take(IngestConfiguration configuration, string folder, TimeProvider time, bool withoutArchive = false)
    {
        var manifest = BackupManifest.Read(folder);
        Demand(manifest, configuration, folder);
        if (!withoutArchive)
        {
            BackupArchives.Demand(configuration, folder);
        }

        using var held = DataDirectoryLock.Take(configuration.DataDirectory);
        DemandEmpty(configuration);
        var files = manifest.Files.Select(file => (From: Path.Combine(folder, file.Name), To: Target(configuration, file.Name))).Where(file => !File.Exists(file.To)).ToList();
        foreach (var (from, to) in files)
        {
            using var content = File.OpenRead(from);
            DurableFile.Write(to + Unfinished, content);
        }

        files.ForEach(file => File.Move(file.To + Unfinished, file.To));
        Note(configuration, manifest, time);
        return manifest;
    }

    // A key that is there already stays: the service may have one that is newer than the backup.
    private static string Target(IngestConfiguration configuration, string name) => name == BackupFile.Key ? configuration.KeyFile : Path.Combine(configuration.DataDirectory, name);

    private static void Note(IngestConfiguration configuration, BackupManifest manifest, TimeProvider time)
    {
        using var database = Database.OpenForWriting(EvidenceLog.PathIn(configuration.DataDirectory), EvidenceSchema.Versions);
        new RestoreNotes(database).Add(new RestoreNote(Instant.From(time.GetUtcNow()), manifest.Log));
    }

    private static void Demand(BackupManifest manifest, IngestConfiguration configuration, string folder)
    {
        if ((manifest.Deployment, manifest.Operator) != (configuration.Deployment, configuration.Operator))
        {
            throw new IOException($"{folder} is of the operator '{manifest.Operator}' in the deployment '{manifest.Deployment}'; the configuration is of '{configuration.Operator}' in '{configuration.Deployment}'. Give the configuration that belongs to it.");
        }

        if (manifest.Files.FirstOrDefault(file => !IsAsSaid(folder, file)) is { } other)
        {
            throw new IOException($"{Path.Combine(folder, other.Name)} is not the file that the manifest names: it is missing or was changed. Take another backup.");
        }

        if (!manifest.Files.Any(file => file.Name == BackupFile.Evidence) || StoreBackup.LogIn(folder) != manifest.Log)
        {
            throw new IOException($"The evidence in {folder} does not have the root {manifest.Log.Root} that the manifest names. Take another backup.");
        }
    }

    private static bool IsAsSaid(string folder, BackupFile file)
    {
        var path = Path.Combine(folder, file.Name);
        return File.Exists(path) && BackupFile.Of(path) == file;
    }

    private static void DemandEmpty(IngestConfiguration configuration)
    {
        var there = Directory.GetFileSystemEntries(configuration.DataDirectory).Where(path => path != configuration.KeyFile && Path.GetFileName(path) != DataDirectoryLock.FileName).ToList();
        if (there.Count > 0)
        {
            throw new IOException($"The data directory {configuration.DataDirectory} is not empty: it holds {Path.GetFileName(there[0])}. Move what is there elsewhere first, and keep it: it may hold evidence that the backup lacks.");
        }
    }
}
