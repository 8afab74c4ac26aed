using System.Numerics;

namespace Sensor.Contracts.Evidence;

/// <summary>The hashes of all complete blocks of <see cref="Size"/> entries and of every perfect subtree above them: with them the root of any subtree costs at most one block and a few hashes.</summary>
/// <remarks>64 bytes for a block. Not thread-safe.</remarks>
public sealed class MerkleBlocks
{
    /// <summary>The number of entries of a block.</summary>
    public const int Size = 256;

    private readonly List<List<Digest>> _levels = [[]];

    /// <summary>The number of complete blocks.</summary>
    public int Count => _levels[0].Count;

    /// <summary>The root of some entries.</summary>
    public static Digest RootOf(IEnumerable<Digest> entries)
    {
        var frontier = new MerkleFrontier();
        foreach (var entry in entries)
        {
            frontier.Append(entry.ToArray());
        }

        return frontier.Root();
    }

    /// <summary>Adds the root of the next block.</summary>
    public void Add(Digest root)
    {
        _levels[0].Add(root);
        for (var level = 0; _levels[level].Count % 2 == 0; level++)
        {
            if (level + 1 == _levels.Count)
            {
                _levels.Add([]);
            }

            _levels[level + 1].Add(MerkleFrontier.NodeHash(_levels[level][^2], _levels[level][^1]));
        }
    }

    /// <summary>The root of the subtree of entries from a place on.</summary>
    /// <param name="start">The place, a multiple of the smallest power of two that is not below <paramref name="count"/>.</param>
    /// <param name="count">How many entries, at least 1.</param>
    /// <param name="entries">Gives the entries from a place on, so many; never across the edge of a block.</param>
    public Digest Subtree(long start, long count, Func<long, long, IEnumerable<Digest>> entries)
    {
        if (long.IsPow2(count) && count >= Size && (start + count) / Size <= Count)
        {
            return _levels[BitOperations.Log2((ulong)(count / Size))][(int)(start / count)];
        }

        if (count <= Size)
        {
            return RootOf(entries(start, count));
        }

        var left = MerkleTree.Split(count);
        return MerkleFrontier.NodeHash(Subtree(start, left, entries), Subtree(start + left, count - left, entries));
    }
}
