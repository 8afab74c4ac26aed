namespace Sensor.Contracts.Evidence;

/// <summary>
/// Shows that many entries are in a Merkle tree (RFC 9162 section 2.1), and what its root was at smaller sizes, with the fewest hashes: going down from
/// the root and from left to right, the hash of each subtree that holds none of the entries and in which none of the sizes ends. What is in one's hands
/// is computed, not stated.
/// </summary>
/// <remarks>For one entry these are the hashes of the inclusion proof of RFC 9162 section 2.1.3, in another order. Stateless and thread-safe.</remarks>
public static class MerkleInclusion
{
    /// <summary>The hashes for some entries.</summary>
    /// <param name="log">All entries of the tree in their order.</param>
    /// <param name="indices">The places of the entries to show, ascending without repeats.</param>
    public static IReadOnlyList<Digest> Prove(IReadOnlyList<Digest> log, IReadOnlyList<long> indices) =>
        Prove(log.Count, indices, [], (from, count) => MerkleBlocks.RootOf(Enumerable.Range((int)from, (int)count).Select(i => log[i])));

    /// <summary>The hashes for some entries and some smaller sizes.</summary>
    /// <param name="size">The size of the tree.</param>
    /// <param name="indices">The places of the entries to show, ascending without repeats.</param>
    /// <param name="sizes">The smaller sizes whose roots are to follow, ascending without repeats.</param>
    /// <param name="subtree">The root of the entries from a place on, so many.</param>
    public static IReadOnlyList<Digest> Prove(long size, IReadOnlyList<long> indices, IReadOnlyList<long> sizes, Func<long, long, Digest> subtree)
    {
        var hashes = new List<Digest>();
        new MerkleWalk(indices, sizes, _ => default(Digest), (from, count) =>
        {
            hashes.Add(subtree(from, count));
            return hashes[^1];
        }).Go(size);
        return hashes;
    }

    /// <summary>The root that follows from entries and hashes; null where the hashes are too few or too many, or the places do not fit.</summary>
    /// <param name="size">The number of entries of the tree.</param>
    /// <param name="entries">The entries with their places, ascending without repeats.</param>
    /// <param name="hashes">The hashes that <see cref="Prove(IReadOnlyList{Digest}, IReadOnlyList{long})"/> gave.</param>
    public static Digest? Root(long size, IReadOnlyList<(long Index, Digest Entry)> entries, IReadOnlyList<Digest> hashes) => Roots(size, entries, [], hashes)?[0];

    /// <summary>The root of the tree and those at the smaller sizes, in their order; null where the hashes are too few or too many, or places or sizes do not fit.</summary>
    /// <param name="size">The number of entries of the tree.</param>
    /// <param name="entries">The entries with their places, ascending without repeats.</param>
    /// <param name="sizes">The smaller sizes, ascending without repeats, above 0 and below <paramref name="size"/>.</param>
    /// <param name="hashes">The hashes that <see cref="Prove(long, IReadOnlyList{long}, IReadOnlyList{long}, Func{long, long, Digest})"/> gave.</param>
    public static IReadOnlyList<Digest>? Roots(long size, IReadOnlyList<(long Index, Digest Entry)> entries, IReadOnlyList<long> sizes, IReadOnlyList<Digest> hashes)
    {
        var indices = entries.Select(e => e.Index).ToList();
        if (size < 1 || !Ascend(indices, 0, size - 1) || !Ascend(sizes, 1, size - 1))
        {
            return size == 0 && entries.Count == 0 && sizes.Count == 0 && hashes.Count == 0 ? [Digest.Of([])] : null;
        }

        var used = 0;
        var walk = new MerkleWalk(indices, sizes, i => MerkleTree.LeafOf(entries[i].Entry), (_, _) => used < hashes.Count ? hashes[used++] : null);
        return walk.Go(size) is { } root && used == hashes.Count ? [root, .. sizes.Select(walk.RootAt)] : null;
    }

    private static bool Ascend(IReadOnlyList<long> numbers, long least, long most) =>
        numbers.Count == 0 || (numbers[0] >= least && numbers[^1] <= most && numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second));
}
