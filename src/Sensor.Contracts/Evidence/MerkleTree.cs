using System.Numerics;

namespace Sensor.Contracts.Evidence;

/// <summary>The proofs of RFC 9162 section 2.1, made and verified. What makes them asks for the roots of subtrees and reads no entry itself.</summary>
/// <remarks>Stateless and thread-safe.</remarks>
public static class MerkleTree
{
    /// <summary>The hash of a leaf for an entry of the log.</summary>
    public static Digest LeafOf(Digest entry) => MerkleFrontier.LeafHash(entry.ToArray());

    /// <summary>The inclusion proof of an entry, section 2.1.3.1: the hashes from the leaf to the root.</summary>
    /// <param name="index">The place of the entry, below <paramref name="size"/>.</param>
    /// <param name="size">The size of the tree.</param>
    /// <param name="subtree">The root of the entries from a place on, so many.</param>
    public static IReadOnlyList<Digest> Inclusion(long index, long size, Func<long, long, Digest> subtree)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var (hashes, start) = (new List<Digest>(), 0L);
        while (size > 1)
        {
            var left = Split(size);
            var goesLeft = index < start + left;
            hashes.Add(goesLeft ? subtree(start + left, size - left) : subtree(start, left));
            (start, size) = goesLeft ? (start, left) : (start + left, size - left);
        }

        hashes.Reverse();
        return hashes;
    }

    /// <summary>The consistency proof of section 2.1.4.1: that the tree of the first size is the beginning of that of the second. Empty where the first is 0, or both are the same.</summary>
    /// <param name="first">The smaller size.</param>
    /// <param name="second">The larger size.</param>
    /// <param name="subtree">The root of the entries from a place on, so many.</param>
    public static IReadOnlyList<Digest> Consistency(long first, long second, Func<long, long, Digest> subtree)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        var (hashes, start, size, whole) = (new List<Digest>(), 0L, second, true);
        while (first > 0 && start + size > first)
        {
            var left = Split(size);
            var goesLeft = first <= start + left;
            hashes.Add(goesLeft ? subtree(start + left, size - left) : subtree(start, left));
            (start, size, whole) = goesLeft ? (start, left, whole) : (start + left, size - left, false);
        }

        if (!whole)
        {
            hashes.Add(subtree(start, size));
        }

        hashes.Reverse();
        return hashes;
    }

    /// <summary>The root that follows from a leaf and its inclusion proof, section 2.1.3.2; null where the proof has another length than it must.</summary>
    public static Digest? RootOf(long index, long size, Digest leaf, IReadOnlyList<Digest> hashes)
    {
        if (index < 0 || index >= size)
        {
            return null;
        }

        var (at, last, root) = (index, size - 1, leaf);
        foreach (var hash in hashes)
        {
            if (last == 0)
            {
                return null;
            }

            root = IsRight(ref at, ref last) ? MerkleFrontier.NodeHash(hash, root) : MerkleFrontier.NodeHash(root, hash);
            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 ? root : null;
    }

    /// <summary>Whether a consistency proof holds, section 2.1.4.2.</summary>
    public static bool Extends(long first, Digest firstRoot, long second, Digest secondRoot, IReadOnlyList<Digest> hashes)
    {
        if (first < 0 || first > second || first == 0 || first == second)
        {
            return hashes.Count == 0 && first >= 0 && first <= second && (first == second ? firstRoot == secondRoot : firstRoot == Digest.Of([]));
        }

        List<Digest> path = long.IsPow2(first) ? [firstRoot, .. hashes] : [.. hashes];
        var shift = BitOperations.TrailingZeroCount(~(first - 1));
        return path.Count > 0 && Extends(path, (first - 1) >> shift, (second - 1) >> shift, firstRoot, secondRoot);
    }

    /// <summary>The largest power of two below a size above 1.</summary>
    internal static long Split(long size) => 1L << BitOperations.Log2((ulong)(size - 1));

    private static bool Extends(List<Digest> path, long at, long last, Digest firstRoot, Digest secondRoot)
    {
        var (one, two) = (path[0], path[0]);
        foreach (var hash in path.Skip(1))
        {
            if (last == 0)
            {
                return false;
            }

            (one, two) = IsRight(ref at, ref last) ? (MerkleFrontier.NodeHash(hash, one), MerkleFrontier.NodeHash(hash, two)) : (one, MerkleFrontier.NodeHash(two, hash));
            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && one == firstRoot && two == secondRoot;
    }

    /// <summary>Whether the hash stands left of the node; goes up to where it does.</summary>
    private static bool IsRight(ref long at, ref long last)
    {
        if ((at & 1) == 0 && at != last)
        {
            return false;
        }

        while ((at & 1) == 0 && at != 0)
        {
            (at, last) = (at >> 1, last >> 1);
        }

        return true;
    }
}
