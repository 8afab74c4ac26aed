using Sensor.Contracts;
using Sensor.Contracts.Evidence;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Archives;

/// <summary>
/// Moves the oldest entries of the evidence into archive files, or copies them. A file is read back, equal to the rows and durable before one
/// transaction empties these and notes the file; so at any moment the bytes are in one of the two.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class StoreArchive : IDisposable
{
    /// <summary>The most entries of a file.</summary>
    public const int MostEntries = 16_384;

    // What a process can hold twice.
    private const long MostBytes = 64 << 20;
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
        (_configuration, _folder, _most) = (configuration, Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), most);
        Demand(configuration);
        _held = remove ? DataDirectoryLock.Take(configuration.DataDirectory) : null;
        var path = EvidenceLog.PathIn(configuration.DataDirectory);
        try
        {
            _evidence = remove ? Database.OpenForWriting(path, EvidenceSchema.Versions) : EvidenceSchema.Demand(Database.OpenForReading(path));
        }
        catch
        {
            _held?.Dispose();
            throw;
        }

        ArchiveFolder.Make(_folder);
        _evidence.Query("SELECT digest FROM evidence WHERE idx < $1 ORDER BY idx", row => Grow(row.Digest(0)), ArchivedRange.End(_evidence));
    }

    /// <summary>A file of an earlier run that holds later entries too, before which this run stopped; null where there was none.</summary>
    public string? StoppedBefore { get; private set; }

    /// <summary>Archives every entry before the first one that was received at a moment or later.</summary>
    /// <returns>The manifest of each file, those of an earlier run too, as soon as it is verified and, if asked for, removed.</returns>
    /// <exception cref="IOException">A file is not what the evidence holds, or cannot be written.</exception>
    public IEnumerable<ArchiveManifest> Run(Instant before)
    {
        var end = _evidence.Number("SELECT min(idx) FROM evidence WHERE received_at >= $1", before.UnixMilliseconds) ?? (_evidence.Number("SELECT max(idx) + 1 FROM evidence") ?? 0);
        while (_tree.Size < end)
        {
            var path = Path.Combine(_folder, ArchiveManifest.ManifestOf(ArchiveManifest.NameOf(_configuration.Operator, _tree.Size)));
            var next = File.Exists(path) ? ArchiveManifest.Read(path).Next : NextOf(end);
            if (next > end)
            {
                StoppedBefore = path;
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

        var (manifest, envelopes) = ArchiveContent.Verify(path);
        entries.ForEach(entry => Grow(entry.Digest));
        if ((manifest.Deployment, manifest.Operator, manifest.Root) != (_configuration.Deployment, _configuration.Operator, _tree.Root()) || !entries.Zip(envelopes, (entry, envelope) => envelope.Span.SequenceEqual(entry.Envelope)).All(same => same))
        {
            throw new IOException($"{path} is of another log: its entries are not those of the evidence. Give a folder of this log's own with --to.");
        }

        if (_held is not null)
        {
            // Also a file of an earlier run, which may have been killed before it was kept, or copied here by something that keeps nothing.
            ArchiveFolder.Keep(_folder, manifest);
            MovedEntries.Empty(_evidence, manifest, _folder);
        }

        return manifest;
    }

    private List<(Digest Digest, byte[] Envelope)> Entries(long first, long next) =>
        _evidence.Query("SELECT digest, envelope FROM evidence WHERE idx >= $1 AND idx < $2 ORDER BY idx", row => (row.Digest(0), row.Bytes(1)), first, next);

    private long NextOf(long end)
    {
        var (next, bytes) = (_tree.Size, 0L);
        foreach (var length in _evidence.Query("SELECT length(envelope) FROM evidence WHERE idx >= $1 AND idx < $2 ORDER BY idx", row => row.GetInt64(0), _tree.Size, long.Min(end, _tree.Size + _most)))
        {
            bytes += length;
            if (bytes > MostBytes)
            {
                break;
            }

            next++;
        }

        return next;
    }

    private long Grow(Digest digest)
    {
        _tree.Append(digest.ToArray());
        return _tree.Size;
    }
}
