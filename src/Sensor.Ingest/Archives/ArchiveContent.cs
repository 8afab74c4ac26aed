using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Archives;

/// <summary>Reads the entries of one archive file, and only if it is what it must be.</summary>
internal static class ArchiveContent
{
    /// <summary>Reads a file and compares its bytes with what they must be.</summary>
    /// <returns>Its envelopes in the order of their indexes; null where it is another file.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? TryRead(string path, long count, Digest sha256)
    {
        var bytes = File.ReadAllBytes(path);
        return Digest.Of(bytes) == sha256 && EnvelopeFile.Split(bytes) is var envelopes && envelopes.Count == count ? envelopes : null;
    }

    /// <summary>Reads a file with its manifest and recomputes everything that the manifest says.</summary>
    /// <exception cref="IOException">One of the two is missing or not what it was.</exception>
    /// <exception cref="DocumentException">The manifest has mistakes.</exception>
    public static (ArchiveManifest Manifest, IReadOnlyList<ReadOnlyMemory<byte>> Envelopes) Verify(string manifestPath)
    {
        var manifest = ArchiveManifest.Read(manifestPath);
        var path = Path.Combine(Path.GetDirectoryName(manifestPath)!, manifest.File);
        var envelopes = TryRead(path, manifest.Count, manifest.Sha256)
            ?? throw new IOException($"{path} is not the file that {Path.GetFileName(manifestPath)} names: its SHA-256 or its number of entries differs. Take it from another copy.");
        var root = RootAfter(manifest, envelopes, path);
        return root == manifest.Root
            ? (manifest, envelopes)
            : throw new IOException($"{path}: from the peaks of {Path.GetFileName(manifestPath)} its entries give the root {root} and not {manifest.Root}. Take both from another copy.");
    }

    private static Digest RootAfter(ArchiveManifest manifest, IReadOnlyList<ReadOnlyMemory<byte>> envelopes, string path)
    {
        var tree = manifest.Before();
        foreach (var bytes in envelopes)
        {
            tree.Append(Envelope.TryParse(bytes, out var envelope, out var refusal) ? envelope.Digest.ToArray() : throw new IOException($"{path}: the entry {tree.Size} is no envelope: {refusal.Detail}. Take the file from another copy."));
        }

        return tree.Root();
    }
}
