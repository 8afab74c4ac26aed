using Sensor.Contracts;
using Sensor.Contracts.Evidence;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Checkpoints;

/// <summary>The Merkle tree of the evidence log, ready for proofs: any costs at most a few blocks of the evidence and a few hashes.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LogTree
{
    private readonly ISqlDatabase _evidence;
    private readonly SubtreeStore _kept;
    private readonly Lock _lock = new();
    private MerkleBlocks _blocks;
    private (long Place, IReadOnlyList<Digest> Entries) _last = (-1, []);

    /// <param name="evidence">The evidence.</param>
    /// <param name="kept">Keeps the roots of blocks.</param>
    public LogTree(ISqlDatabase evidence, SubtreeStore kept) => (_evidence, _kept, _blocks) = (evidence, kept, kept.Load());

    /// <summary>The root of the first entries.</summary>
    public Digest RootAt(long size) => size == 0 ? Digest.Of([]) : Subtree(0, size);

    /// <summary>The root of a subtree, see <see cref="MerkleBlocks.Subtree"/>.</summary>
    public Digest Subtree(long start, long count)
    {
        lock (_lock)
        {
            return _blocks.Subtree(start, count, Entries);
        }
    }

    /// <summary>Brings the tree to the evidence as it is durable, inside a transaction of the store; what was kept and does not fit is made anew.</summary>
    /// <exception cref="IOException">The evidence contradicts itself.</exception>
    public void Fit(LogCheckpoint now)
    {
        lock (_lock)
        {
            Reach(now.Size);
            if (_blocks.Count > now.Size / MerkleBlocks.Size || RootAt(now.Size) != now.Root)
            {
                _kept.Forget();
                (_blocks, _last) = (new MerkleBlocks(), (-1, []));
                Reach(now.Size);
            }

            if (RootAt(now.Size) is var root && root != now.Root)
            {
                throw new IOException($"{_evidence.Place}: the {now.Size} records have the root {root}, and the saved frontier says {now.Root}. Stop the service and run 'waterwatch-ingest rebuild observations', or restore a backup.");
            }
        }
    }

    /// <summary>Forgets what was not kept, after a transaction that did not end well.</summary>
    public void Reload()
    {
        lock (_lock)
        {
            (_blocks, _last) = (_kept.Load(), (-1, []));
        }
    }

    private void Reach(long size)
    {
        for (long place = _blocks.Count; place < size / MerkleBlocks.Size; place++)
        {
            var root = MerkleBlocks.RootOf(Entries(place * MerkleBlocks.Size, MerkleBlocks.Size));
            _kept.Put(place, root);
            _blocks.Add(root);
        }
    }

    private IEnumerable<Digest> Entries(long start, long count)
    {
        var (place, skip) = Math.DivRem(start, MerkleBlocks.Size);
        if (_last.Place != place || _last.Entries.Count < skip + count)
        {
            _last = (place, _evidence.Query(
                "SELECT digest FROM evidence WHERE idx >= $1 AND idx < $2 ORDER BY idx", row => row.Digest(0), place * MerkleBlocks.Size, (place + 1) * MerkleBlocks.Size));
        }

        return _last.Entries.Count >= skip + count
            ? _last.Entries.Skip((int)skip).Take((int)count)
            : throw new IOException($"{_evidence.Place} lacks records between {start} and {start + count}. Restore a backup.");
    }
}
