using System.Numerics;

namespace Sensor.Contracts.Evidence;

/// <summary>One way through a Merkle tree: into every subtree that holds one of some entries or in which one of some sizes ends, past all others.</summary>
/// <param name="indices">The places of the entries, ascending.</param>
/// <param name="sizes">The sizes, ascending.</param>
/// <param name="shown">The hash of the leaf of an entry, by its place in the list.</param>
/// <param name="other">The root of a subtree that is passed by; null where there is none.</param>
internal sealed class MerkleWalk(IReadOnlyList<long> indices, IReadOnlyList<long> sizes, Func<int, Digest?> shown, Func<long, long, Digest?> other)
{
    private readonly Dictionary<(long Start, long Count), Digest> _perfect = [];

    /// <summary>Goes through the tree; its root, or null where a hash was missing.</summary>
    public Digest? Go(long size) => size == 0 ? null : Go(0, size, (0, indices.Count), (0, sizes.Count));

    /// <summary>The root at one of the sizes, once the tree was gone through: its perfect subtrees were all met.</summary>
    public Digest RootAt(long size)
    {
        Digest? root = null;
        for (var rest = size; rest > 0; rest &= rest - 1)
        {
            var count = 1L << BitOperations.TrailingZeroCount(rest);
            var peak = _perfect[(rest - count, count)];
            root = root is { } right ? MerkleFrontier.NodeHash(peak, right) : peak;
        }

        return root ?? Digest.Of([]);
    }

    private Digest? Go(long start, long count, (int First, int End) entries, (int First, int End) ends)
    {
        var root = entries.First == entries.End && ends.First == ends.End ? other(start, count) : count == 1 ? shown(entries.First) : Into(start, count, entries, ends);
        if (sizes.Count > 0 && root is { } hash && long.IsPow2(count))
        {
            _perfect[(start, count)] = hash;
        }

        return root;
    }

    private Digest? Into(long start, long count, (int First, int End) entries, (int First, int End) ends)
    {
        var middle = start + MerkleTree.Split(count);
        var entry = FirstFrom(indices, entries, middle);

        // A size that ends at the edge of a subtree ends in none.
        var (before, behind) = (FirstFrom(sizes, ends, middle), FirstFrom(sizes, ends, middle + 1));
        return Go(start, middle - start, (entries.First, entry), (ends.First, before)) is { } left && Go(middle, start + count - middle, (entry, entries.End), (behind, ends.End)) is { } right
            ? MerkleFrontier.NodeHash(left, right)
            : null;
    }

    private static int FirstFrom(IReadOnlyList<long> numbers, (int First, int End) within, long least)
    {
        var (first, end) = within;
        while (first < end)
        {
            var middle = (first + end) / 2;
            (first, end) = numbers[middle] < least ? (middle + 1, end) : (first, middle);
        }

        return first;
    }
}
