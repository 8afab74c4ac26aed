using System.Text;
using Sensor.Contracts;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Backups;

/// <summary>Copies every store of a data directory while its service runs.</summary>
internal static class StoreBackup
{
    /// <summary>Makes a backup in a folder that is new or empty.</summary>
    /// <param name="configuration">Whose stores are copied.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="withKey">Whether the operator's private key is copied too.</param>
    /// <param name="time">The clock of the manifest.</param>
    /// <exception cref="IOException">There is no evidence, the folder is not empty, a store is damaged, or a file cannot be written.</exception>
    public static BackupManifest Make(IngestConfiguration configuration, string folder, bool withKey, TimeProvider time)
    {
        Demand(configuration, folder, withKey);
        DurableFile.MakeFolder(folder);
        var now = Instant.From(time.GetUtcNow());
        foreach (var name in BackupFile.Stores.Where(name => File.Exists(Path.Combine(configuration.DataDirectory, name))))
        {
            Copy(Path.Combine(configuration.DataDirectory, name), Path.Combine(folder, name));
        }

        if (withKey)
        {
            using var key = File.OpenRead(configuration.KeyFile);
            DurableFile.Write(Path.Combine(folder, BackupFile.Key), key);
        }

        var manifest = new BackupManifest(configuration.Deployment, configuration.Operator, now, LogIn(folder), [.. Directory.GetFiles(folder).Where(path => BackupFile.IsName(Path.GetFileName(path))).Order(StringComparer.Ordinal).Select(BackupFile.Of)]);
        using var json = new MemoryStream(Encoding.UTF8.GetBytes(manifest.ToJson()));
        DurableFile.Write(Path.Combine(folder, BackupManifest.FileName), json);
        return manifest;
    }

    /// <summary>The evidence log of a copy, computed from its rows.</summary>
    public static LogCheckpoint LogIn(string folder)
    {
        using var database = Database.OpenForReading(Path.Combine(folder, BackupFile.Evidence));
        var log = new FrontierStore(database).FromRows();
        return new LogCheckpoint(log.Size, log.Root());
    }

    private static void Demand(IngestConfiguration configuration, string folder, bool withKey)
    {
        if (configuration.Store is PostgresStore)
        {
            throw new IOException("The evidence is in PostgreSQL: back it up with pg_dump, which gives one moment of all of it.");
        }

        if (!File.Exists(EvidenceLog.PathIn(configuration.DataDirectory)))
        {
            throw new IOException($"{configuration.DataDirectory} holds no evidence.db. Give with --config the configuration of a service that ran.");
        }

        if (withKey && !File.Exists(configuration.KeyFile))
        {
            throw new IOException($"There is no {configuration.KeyFile}. Leave out --with-keys, or correct keyFile.");
        }

        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException($"{folder} is not empty. Give every backup a folder of its own with --to.");
        }
    }

    private static void Copy(string from, string to)
    {
        Database.Copy(from, to);
        DurableFile.Keep(to);
    }
}
