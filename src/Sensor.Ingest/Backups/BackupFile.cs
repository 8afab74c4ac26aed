using System.Security.Cryptography;
using Sensor.Contracts;

namespace Sensor.Ingest.Backups;

/// <summary>One file of a backup.</summary>
/// <param name="Name">Its name, in the backup and in the data directory.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
internal sealed record BackupFile(string Name, long Bytes, Digest Sha256)
{
    /// <summary>The name of the evidence, which every backup has.</summary>
    public const string Evidence = "evidence.db";

    /// <summary>The name of the operator's key in a backup that has it, wherever the configuration keeps it.</summary>
    public const string Key = "operator.key.pem";

    /// <summary>
    /// The stores in the order in which they are copied. What follows from another is copied before it: an outcome then names nothing that the
    /// copied evidence, determinations, samples and registry lack.
    /// </summary>
    public static IReadOnlyList<string> Stores { get; } = ["outcomes.db", Checkpoints.CheckpointStore.FileName, Evidence, "commands.db", "determinations.db", "samples.db", "peers.db", "registry.db"];

    public static bool IsName(string name) => name == Key || Stores.Contains(name);

    /// <summary>Describes a file as it is on the disk.</summary>
    public static BackupFile Of(string path)
    {
        using var file = File.OpenRead(path);
        return new BackupFile(Path.GetFileName(path), file.Length, new Digest(SHA256.HashData(file)));
    }
}
