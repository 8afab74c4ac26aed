using System.Security.Cryptography;
using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Evidence;
using Sensor.Ingest.Backups;

namespace Sensor.Ingest.Archives;

/// <summary>Writes an archive file and then its manifest; when it returns, both survive a loss of power.</summary>
internal static class ArchiveWriter
{
    /// <summary>Writes entries into a folder. What an interrupted run left of the same file is replaced; a finished file never is.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="deployment">The deployment of the log.</param>
    /// <param name="operatorId">The operator of the log.</param>
    /// <param name="before">The log's tree before the first entry; not changed.</param>
    /// <param name="entries">The digest and the envelope of each entry, in order.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static ArchiveManifest Write(string folder, string deployment, string operatorId, MerkleFrontier before, IReadOnlyList<(Digest Digest, byte[] Envelope)> entries)
    {
        var path = Path.Combine(folder, ArchiveManifest.NameOf(operatorId, before.Size));
        var tree = new MerkleFrontier(before.Size, before.Peaks);
        using var bytes = new MemoryStream();
        foreach (var (digest, envelope) in entries)
        {
            tree.Append(digest.ToArray());
            bytes.Write(envelope);
        }

        Put(path, bytes);
        var manifest = new ArchiveManifest(deployment, operatorId, before.Size, entries.Count, bytes.Length, new Digest(SHA256.HashData(bytes.ToArray())), before.Peaks, tree.Root());
        Finish(ArchiveManifest.ManifestOf(path), manifest.ToJson());
        return manifest;
    }

    private static void Finish(string path, string json)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(json));
        Put(path + ".tmp", text);
        File.Move(path + ".tmp", path, overwrite: true);
        PathSync.Keep(Path.GetDirectoryName(path)!);
    }

    private static void Put(string path, MemoryStream content)
    {
        File.Delete(path);
        content.Position = 0;
        DurableFile.Write(path, content);
    }
}
