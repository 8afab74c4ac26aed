using Sensor.Contracts;
using Sensor.Contracts.Evidence;
using Sensor.Ingest.Backups;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Archives;

/// <summary>
/// Moves the oldest entries of the evidence into archive files, or copies them. A file is durable, read back and equal to the rows before one
/// transaction empties these and notes the file; so at any moment the bytes are in one of the two.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class StoreArchive : IDisposable
{
    /// <summary>The most entries of a file.</summary>
    public const int MostEntries = 16_384;

    private readonly IngestConfiguration _configuration;
    private readonly string _folder;
    private readonly int _most;
    private readonly FileStream? _held;
    private readonly Database _evidence;
    private readonly MerkleFrontier _tree = new();

    /// <param name="configuration">Whose evidence it is.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="remove">Whether bytes will be removed: then no service may run.</param>
    /// <param name="most">The most entries of a file.</param>
    /// <exception cref="IOException">There is no evidence here, or a service runs.</exception>
    public StoreArchive(IngestConfiguration configuration, string folder, bool remove, int most = MostEntries)
    {
        (_configuration, _folder, _most) = (configuration, folder, most);
        Demand(configuration);
        _held = remove ? DataDirectoryLock.Take(configuration.DataDirectory) : null;
        _evidence = Database.OpenForWriting(EvidenceLog.PathIn(configuration.DataDirectory), EvidenceSchema.Sql);
        DurableFile.MakeFolder(folder);
        _evidence.Query("SELECT digest FROM evidence WHERE idx < $1 ORDER BY idx", row => Grow(row.Digest(0)), ArchivedRanges.Next(_evidence));
    }

    /// <summary>Archives every entry before the first one that was received at a moment or later.</summary>
    /// <returns>The manifest of each file, those of an earlier run too, as soon as it is verified and, if asked for, removed.</returns>
    /// <exception cref="IOException">A file is not what the evidence holds, or cannot be written.</exception>
    public IEnumerable<ArchiveManifest> Run(Instant before)
    {
        var end = _evidence.Number("SELECT min(idx) FROM evidence WHERE received_at >= $1", before.UnixMilliseconds) ?? (_evidence.Number("SELECT max(idx) + 1 FROM evidence") ?? 0);
        while (_tree.Size < end)
        {
            var path = Path.Combine(_folder, ArchiveManifest.ManifestOf(ArchiveManifest.NameOf(_configuration.Operator, _tree.Size)));
            var next = File.Exists(path) ? ArchiveManifest.Read(path).Next : long.Min(end, _tree.Size + _most);
            if (next > end)
            {
                yield break;
            }

            yield return Take(path, Entries(_tree.Size, next));
        }
    }

    public void Dispose()
    {
        _evidence.Dispose();
        _held?.Dispose();
    }

    private static void Demand(IngestConfiguration configuration)
    {
        if (configuration.Store is PostgresStore)
        {
            throw new IOException("The evidence is in PostgreSQL, and archives are made of a SQLite file only. Give old partitions and tables a tablespace of their own instead.");
        }

        if (!File.Exists(EvidenceLog.PathIn(configuration.DataDirectory)))
        {
            throw new IOException($"{configuration.DataDirectory} holds no evidence.db. Give with --config the configuration of a service that ran.");
        }
    }

    private ArchiveManifest Take(string path, List<(Digest Digest, byte[] Envelope)> entries)
    {
        if (!File.Exists(path))
        {
            ArchiveWriter.Write(_folder, _configuration.Deployment, _configuration.Operator, _tree, entries);
        }

        var (manifest, content) = ArchiveContent.Verify(path);
        entries.ForEach(entry => Grow(entry.Digest));
        if (manifest.Deployment != _configuration.Deployment || manifest.Root != _tree.Root() || !entries.Zip(content.Envelopes, (entry, envelope) => envelope.Span.SequenceEqual(entry.Envelope)).All(same => same))
        {
            throw new IOException($"{path} is of another log: its entries are not those of the evidence. Give a folder of this log's own with --to.");
        }

        if (_held is not null)
        {
            Remove(manifest);
        }

        return manifest;
    }

    // The first record of each run stays: what arrives is compared with it.
    private void Remove(ArchiveManifest manifest) => _evidence.Transaction(() =>
    {
        _evidence.Execute("UPDATE evidence SET envelope = zeroblob(0) WHERE idx >= $1 AND idx < $2 AND sequence <> 1", manifest.First, manifest.Next);
        return _evidence.Execute(
            "INSERT INTO archived(first, count, file, sha256, folder) VALUES($1, $2, $3, $4, $5)", manifest.First, manifest.Count, manifest.File, manifest.Sha256.ToArray(), _folder);
    });

    private List<(Digest Digest, byte[] Envelope)> Entries(long first, long next) =>
        _evidence.Query("SELECT digest, envelope FROM evidence WHERE idx >= $1 AND idx < $2 ORDER BY idx", row => (row.Digest(0), row.Bytes(1)), first, next);

    private long Grow(Digest digest)
    {
        _tree.Append(digest.ToArray());
        return _tree.Size;
    }
}
