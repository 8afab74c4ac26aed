using System.Numerics;

namespace Sensor.Contracts.Evidence;

/// <summary>
/// Shows that many entries are in a Merkle tree (RFC 9162 section 2.1) with the fewest hashes: going down from the root and from left to right,
/// the hash of each subtree that holds none of the entries. What is in one's hands is computed, not stated.
/// </summary>
/// <remarks>For one entry these are the hashes of the inclusion proof of RFC 9162 section 2.1.3, in another order. Stateless and thread-safe.</remarks>
public static class MerkleInclusion
{
    /// <summary>The hashes for some entries.</summary>
    /// <param name="log">All entries of the tree in their order.</param>
    /// <param name="indices">The places of the entries to show, ascending without repeats.</param>
    public static IReadOnlyList<Digest> Prove(IReadOnlyList<Digest> log, IReadOnlyList<long> indices)
    {
        var hashes = new List<Digest>();
        Walk(log.Count, indices, _ => null, (from, count) =>
        {
            hashes.Add(RootOf(log, from, count));
            return hashes[^1];
        });
        return hashes;
    }

    /// <summary>The root that follows from entries and hashes; null where the hashes are too few or too many, or the places do not fit.</summary>
    /// <param name="size">The number of entries of the tree.</param>
    /// <param name="entries">The entries with their places, ascending without repeats.</param>
    /// <param name="hashes">The hashes that <see cref="Prove"/> gave.</param>
    public static Digest? Root(long size, IReadOnlyList<(long Index, Digest Entry)> entries, IReadOnlyList<Digest> hashes)
    {
        var indices = entries.Select(e => e.Index).ToList();
        if (size < 1 || indices.Zip(indices.Skip(1)).Any(pair => pair.First >= pair.Second) || (indices.Count > 0 && (indices[0] < 0 || indices[^1] >= size)))
        {
            return size == 0 && entries.Count == 0 && hashes.Count == 0 ? Digest.Of([]) : null;
        }

        var used = 0;
        var root = Walk(size, indices, i => MerkleFrontier.LeafHash(entries[i].Entry.ToArray()), (_, _) => used < hashes.Count ? hashes[used++] : null);
        return used == hashes.Count ? root : null;
    }

    /// <summary>Goes through the tree; <paramref name="shown"/> gives the hash of a shown entry by its place in the list, <paramref name="other"/> that of a subtree without any.</summary>
    private static Digest? Walk(long count, IReadOnlyList<long> indices, Func<int, Digest?> shown, Func<long, long, Digest?> other)
    {
        Digest? Go(long start, long size, int first, int last)
        {
            if (first == last || size == 1)
            {
                return first == last ? other(start, size) : shown(first);
            }

            var left = Split(size);
            var middle = first;
            while (middle < last && indices[middle] < start + left)
            {
                middle++;
            }

            var (one, two) = (Go(start, left, first, middle), Go(start + left, size - left, middle, last));
            return one is { } a && two is { } b ? MerkleFrontier.NodeHash(a, b) : null;
        }

        return count == 0 ? null : Go(0, count, 0, indices.Count);
    }

    private static Digest RootOf(IReadOnlyList<Digest> log, long from, long count)
    {
        var frontier = new MerkleFrontier();
        for (var i = from; i < from + count; i++)
        {
            frontier.Append(log[(int)i].ToArray());
        }

        return frontier.Root();
    }

    /// <summary>The largest power of two below a size above 1.</summary>
    private static long Split(long size) => 1L << BitOperations.Log2((ulong)(size - 1));
}
