using System.Security.Cryptography;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Archives;

/// <summary>The entries of one archive file, in memory.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class ArchiveContent
{
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _envelopes;

    private ArchiveContent(Digest sha256, long first, IReadOnlyList<ReadOnlyMemory<byte>> envelopes) => (Sha256, First, _envelopes) = (sha256, first, envelopes);

    /// <summary>SHA-256 of the file.</summary>
    public Digest Sha256 { get; }

    /// <summary>The index of the first entry.</summary>
    public long First { get; }

    /// <summary>The envelopes in the order of their indexes.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Envelopes => _envelopes;

    /// <summary>Reads a file and compares its bytes with what they must be.</summary>
    /// <returns>Its entries; null where it is another file.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ArchiveContent? TryRead(string path, long first, long count, Digest sha256)
    {
        using (var bytes = File.OpenRead(path))
        {
            if (new Digest(SHA256.HashData(bytes)) != sha256)
            {
                return null;
            }
        }

        using var file = File.OpenRead(path);
        var envelopes = EnvelopeFile.Read(file).SelectMany(batch => batch).ToList();
        return envelopes.Count == count ? new ArchiveContent(sha256, first, envelopes) : null;
    }

    /// <summary>Reads a file with its manifest and recomputes everything that the manifest says.</summary>
    /// <exception cref="IOException">One of the two is missing or not what it was.</exception>
    /// <exception cref="DocumentException">The manifest has mistakes.</exception>
    public static (ArchiveManifest Manifest, ArchiveContent Content) Verify(string manifestPath)
    {
        var manifest = ArchiveManifest.Read(manifestPath);
        var path = Path.Combine(Path.GetDirectoryName(manifestPath)!, manifest.File);
        var content = TryRead(path, manifest.First, manifest.Count, manifest.Sha256)
            ?? throw new IOException($"{path} is not the file that {Path.GetFileName(manifestPath)} names: its SHA-256 or its number of entries differs. Take it from another copy.");
        var root = content.RootAfter(manifest, path);
        return root == manifest.Root
            ? (manifest, content)
            : throw new IOException($"{path}: from the peaks of {Path.GetFileName(manifestPath)} its entries give the root {root} and not {manifest.Root}. Take both from another copy.");
    }

    /// <summary>The bytes of an entry.</summary>
    public byte[] this[long index] => _envelopes[checked((int)(index - First))].ToArray();

    /// <summary>Whether it holds an entry.</summary>
    public bool Holds(long index) => index >= First && index < First + _envelopes.Count;

    private Digest RootAfter(ArchiveManifest manifest, string path)
    {
        var tree = manifest.Before();
        foreach (var bytes in _envelopes)
        {
            tree.Append(Envelope.TryParse(bytes, out var envelope, out var refusal) ? envelope.Digest.ToArray() : throw new IOException($"{path}: the entry {tree.Size} is no envelope: {refusal.Detail}. Take the file from another copy."));
        }

        return tree.Root();
    }
}
